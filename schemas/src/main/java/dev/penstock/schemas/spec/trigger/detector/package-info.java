/** Drift detectors that watch one value a sample. */
@NullMarked
package dev.penstock.schemas.spec.trigger.detector;

import org.jspecify.annotations.NullMarked;
