/** Optimizers, the groups of parameters they treat alike, and schedules of the learning rate. */
@NullMarked
package dev.penstock.schemas.spec.training.optimization;

import org.jspecify.annotations.NullMarked;
