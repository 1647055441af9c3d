/** Merges the partitions of a sample log into one order. */
@NullMarked
package dev.penstock.core.timeline;

import org.jspecify.annotations.NullMarked;
