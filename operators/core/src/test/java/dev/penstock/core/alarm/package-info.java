@NullMarked
package dev.penstock.core.alarm;

import org.jspecify.annotations.NullMarked;
