/** Drift of current samples from a reference, as pipelines declare it: one score of all columns. */
@NullMarked
package dev.penstock.core.drift;

import org.jspecify.annotations.NullMarked;
