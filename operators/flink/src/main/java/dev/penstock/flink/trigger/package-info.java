/** The operator that asks trigger policies. */
@NullMarked
package dev.penstock.flink.trigger;

import org.jspecify.annotations.NullMarked;
