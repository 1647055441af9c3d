/** Training sets: which samples, in how few bytes, with a digest. */
@NullMarked
package dev.penstock.schemas.trainingset;

import org.jspecify.annotations.NullMarked;
