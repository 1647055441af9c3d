/**
 * What is kept of a partition's samples, in chunks of 65,536 offsets, so that a checkpoint writes
 * those that have changed.
 */
@NullMarked
package dev.penstock.core.selection.chunk;

import org.jspecify.annotations.NullMarked;
