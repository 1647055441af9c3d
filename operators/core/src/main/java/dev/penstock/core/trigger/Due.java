package dev.penstock.core.trigger;

import java.util.Comparator;

/**
 * When a policy's next answer is due.
 *
 * @param samples after how many more of them
 * @param time slice time that must be reached before it is known, milliseconds; Long.MIN_VALUE: the
 *     samples alone tell. Of answers at the same position, those come first that are known first,
 *     so that their order does not depend on when what follows arrives
 */
public record Due(long samples, long time) implements Comparable<Due> {

  private static final Comparator<Due> ORDER =
      Comparator.comparingLong(Due::samples).thenComparingLong(Due::time);

  /** As soon as so many samples have been seen. */
  public static Due after(long samples) {
    return new Due(samples, Long.MIN_VALUE);
  }

  @Override
  public int compareTo(Due other) {
    return ORDER.compare(this, other);
  }
}
