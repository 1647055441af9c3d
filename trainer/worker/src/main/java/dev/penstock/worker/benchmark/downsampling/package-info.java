/** Accuracy and time of each downsampling against random samples. */
@NullMarked
package dev.penstock.worker.benchmark.downsampling;

import org.jspecify.annotations.NullMarked;
