package dev.penstock.core.window;

import dev.penstock.core.stats.Require;
import java.time.Duration;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * Windows of so much time, each back from the latest element: an element stays while {@code time >=
 * latest - limit}.
 *
 * <p>Without overlap, what leaves the current window waits, as long as it is within the reference's
 * limit; a trigger appends both to the reference and empties them. With overlap, the current window
 * stays; a trigger appends what has come since the last one. The reference is cut back from its own
 * latest element. As Modyn's time windows (Böther et al.: Modyn, SIGMOD 2025), where elements come
 * in the order of their times; a late one is in no window here if its time is not.
 *
 * @param <T> element
 */
public final class TimeWindows<T> extends DequeWindows<T> {

  private final Settings settings;
  private final ToLongFunction<T> time;

  /**
   * Lengths; they have no default.
   *
   * @param reference of the reference window, positive
   * @param current of the current window, positive
   * @param overlap none by default
   */
  public record Settings(Duration reference, Duration current, Overlap overlap) {

    public Settings {
      Require.check(reference.toMillis() > 0, "limit-ref", "positive ms", reference.toMillis());
      Require.check(current.toMillis() > 0, "limit-cur", "positive ms", current.toMillis());
    }
  }

  /**
   * Empty windows.
   *
   * @param settings their lengths
   * @param time of an element, ms
   */
  public TimeWindows(Settings settings, ToLongFunction<T> time) {
    super(settings.overlap);
    this.settings = settings;
    this.time = time;
  }

  @Override
  public void add(List<T> elements) {
    if (elements.isEmpty()) {
      return;
    }
    current.addAll(elements);
    long latest = latest(current);
    long currentFrom = latest - settings.current.toMillis();
    if (settings.overlap == Overlap.ALLOWED) {
      pending.addAll(elements);
      current.removeIf(element -> isBefore(element, currentFrom));
    } else {
      Iterator<T> oldest = current.iterator();
      while (oldest.hasNext()) {
        T element = oldest.next();
        if (isBefore(element, currentFrom)) {
          oldest.remove();
          pending.addLast(element);
        }
      }
    }
    long referenceFrom = latest - settings.reference.toMillis();
    pending.removeIf(element -> isBefore(element, referenceFrom));
  }

  @Override
  void trimReference() {
    if (!reference.isEmpty()) {
      long from = latest(reference) - settings.reference.toMillis();
      reference.removeIf(element -> isBefore(element, from));
    }
  }

  private boolean isBefore(T element, long from) {
    return time.applyAsLong(element) < from;
  }

  private long latest(Deque<T> deque) {
    return deque.stream().mapToLong(time).max().orElse(Long.MIN_VALUE);
  }
}
