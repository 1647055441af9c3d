/**
 * Chooses the samples of a training set that are worth training on, by what the model in its
 * present state makes of them.
 *
 * <p>The algorithms are {@link dev.penstock.core.downsampling}'s; here they are given the outputs
 * of a model, in parts that fit into memory. A choice depends on the samples, the model and the
 * seed alone.
 */
@NullMarked
package dev.penstock.worker.downsampling;

import org.jspecify.annotations.NullMarked;
