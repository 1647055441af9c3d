/** Scores samples in the stream with the model that is active, and evaluates slice by slice. */
@NullMarked
package dev.penstock.flink.evaluation;

import org.jspecify.annotations.NullMarked;
