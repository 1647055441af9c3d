package dev.penstock.core.selection;

import dev.penstock.schemas.trainingset.SampleSet;

/**
 * One partition's part of a training set.
 *
 * @param taken samples that are in it, unless too many are
 * @param candidates offsets of samples of which some may be in it, ascending
 */
public record PartitionSelection(SampleSet taken, long[] candidates) {}
