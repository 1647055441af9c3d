@NullMarked
package dev.penstock.schemas.spec.training.downsampling;

import org.jspecify.annotations.NullMarked;
