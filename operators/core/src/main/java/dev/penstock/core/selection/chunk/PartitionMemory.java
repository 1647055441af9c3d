package dev.penstock.core.selection.chunk;

import java.util.function.Function;

/** All that is kept of a partition's samples; what is of no pipeline is there once for all. */
public final class PartitionMemory {

  private final Function<String, Chunks> chunks;
  private final int classes;

  /**
   * A memory.
   *
   * @param chunks by name
   * @param classes number of classes; 0: samples have none
   */
  public PartitionMemory(Function<String, Chunks> chunks, int classes) {
    this.chunks = chunks;
    this.classes = classes;
  }

  /** Offsets that are no samples. */
  public OffsetChunks holes() {
    return new OffsetChunks(chunks.apply("holes"));
  }

  /** Classes of samples. */
  public LabelChunks labels() {
    return new LabelChunks(chunks.apply("labels"), classes);
  }

  /** Slice times of samples. */
  public TimeChunks times() {
    return new TimeChunks(chunks.apply("times"));
  }

  /** Samples that count as taken. */
  public OffsetChunks taken(String memory) {
    return new OffsetChunks(chunks.apply("taken/" + memory));
  }

  /** Samples that may still be chosen. */
  public KeptSamples kept(String memory) {
    return new KeptSamples(chunks.apply("kept/" + memory));
  }

  /** Forgets places, classes and times of the offsets {@code [from, to)}, by whole chunks. */
  public void forget(long from, long to) {
    chunks.apply("holes").removeBetween(from, to);
    chunks.apply("labels").removeBetween(from, to);
    chunks.apply("times").removeBetween(from, to);
  }
}
