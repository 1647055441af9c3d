/** Distances of rows by kernels, and their permutation tests. */
@NullMarked
package dev.penstock.core.distance.kernel;

import org.jspecify.annotations.NullMarked;
