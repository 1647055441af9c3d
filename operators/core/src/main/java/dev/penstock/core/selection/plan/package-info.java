/**
 * How many samples a selection takes of which group, from the sizes of the groups alone.
 *
 * <p>Which samples of a group they are is the choice of the lowest hashes among them (see {@link
 * dev.penstock.core.selection.BottomK}): exactly as many, uniform, without replacement, and the
 * same however the samples are spread over partitions.
 */
@NullMarked
package dev.penstock.core.selection.plan;

import org.jspecify.annotations.NullMarked;
