package dev.penstock.core.selection;

import dev.penstock.schemas.trainingset.SampleSet;

/**
 * One partition's part of a training set, or of a group in it.
 *
 * @param taken samples that are in it, unless too many are
 * @param candidates offsets of samples of which some may be in it, ascending
 * @param keys of the candidates, the lowest are taken; empty: those are the hashes
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record PartitionSelection(SampleSet taken, long[] candidates, long[] keys) {

  private static final long[] NONE = {};

  /** Samples that are chosen by their hashes. */
  public PartitionSelection(SampleSet taken, long[] candidates) {
    this(taken, candidates, NONE);
  }
}
