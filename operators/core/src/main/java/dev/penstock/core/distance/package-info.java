/** How far two windows of data differ: two-sample tests, distances and their p-values. */
@NullMarked
package dev.penstock.core.distance;

import org.jspecify.annotations.NullMarked;
