/** Reads the samples of a training set from the sample log. */
@NullMarked
package dev.penstock.worker.data;

import org.jspecify.annotations.NullMarked;
