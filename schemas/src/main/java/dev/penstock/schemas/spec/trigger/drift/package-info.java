/** Drift metrics of two windows of samples, and the criteria that judge what they measure. */
@NullMarked
package dev.penstock.schemas.spec.trigger.drift;

import org.jspecify.annotations.NullMarked;
