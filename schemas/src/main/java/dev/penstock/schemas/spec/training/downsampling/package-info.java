/** Which samples of a training set a training learns from. */
@NullMarked
package dev.penstock.schemas.spec.training.downsampling;

import org.jspecify.annotations.NullMarked;
