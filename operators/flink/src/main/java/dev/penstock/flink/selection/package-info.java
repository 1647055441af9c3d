/** The functions that make training tasks of fired decisions. */
@NullMarked
package dev.penstock.flink.selection;

import org.jspecify.annotations.NullMarked;
