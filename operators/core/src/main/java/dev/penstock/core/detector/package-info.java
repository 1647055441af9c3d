/** Detectors of drift in a stream of errors or values, one sample at a time, in constant memory. */
@NullMarked
package dev.penstock.core.detector;

import org.jspecify.annotations.NullMarked;
