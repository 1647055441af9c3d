/** A threshold that is learned so that false alarms stay within a budget. */
@NullMarked
package dev.penstock.core.alarm;

import org.jspecify.annotations.NullMarked;
