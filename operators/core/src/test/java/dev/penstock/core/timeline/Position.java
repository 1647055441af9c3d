package dev.penstock.core.timeline;

import java.util.Comparator;

/** Where a sample stands in the merged order, which is the order of positions. */
public record Position(long time, int partition, long offset) implements Comparable<Position> {

  private static final Comparator<Position> ORDER =
      Comparator.comparingLong(Position::time)
          .thenComparingInt(Position::partition)
          .thenComparingLong(Position::offset);

  @Override
  public int compareTo(Position other) {
    return ORDER.compare(this, other);
  }
}
