/**
 * Which samples of a training set are worth training on, by what a model makes of them.
 *
 * <p>Everything here takes arrays and gives indexes into them; ties go to the lowest index, and
 * random choices are seeded hashes of the index, so that the same input has the same answer
 * everywhere.
 */
@NullMarked
package dev.penstock.core.downsampling;

import org.jspecify.annotations.NullMarked;
