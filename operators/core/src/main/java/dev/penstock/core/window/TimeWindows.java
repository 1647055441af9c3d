package dev.penstock.core.window;

import dev.penstock.core.stats.Require;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
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
public final class TimeWindows<T> implements DetectionWindows<T> {

  private final Settings settings;
  private final ToLongFunction<T> time;
  private final Deques<T> deques = new Deques<>();

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
    this.settings = settings;
    this.time = time;
  }

  @Override
  public void add(List<T> elements) {
    if (elements.isEmpty()) {
      return;
    }
    deques.current.addAll(elements);
    long latest = latest(deques.current);
    long currentFrom = latest - settings.current.toMillis();
    if (settings.overlap == Overlap.ALLOWED) {
      deques.pending.addAll(elements);
      deques.current.removeIf(element -> isBefore(element, currentFrom));
    } else {
      Iterator<T> oldest = deques.current.iterator();
      while (oldest.hasNext()) {
        T element = oldest.next();
        if (isBefore(element, currentFrom)) {
          oldest.remove();
          deques.pending.addLast(element);
        }
      }
    }
    long referenceFrom = latest - settings.reference.toMillis();
    deques.pending.removeIf(element -> isBefore(element, referenceFrom));
  }

  @Override
  public void onTrigger() {
    deques.reference.addAll(deques.pending);
    deques.pending.clear();
    if (settings.overlap == Overlap.NONE) {
      deques.reference.addAll(deques.current);
      deques.current.clear();
    }
    if (!deques.reference.isEmpty()) {
      long from = latest(deques.reference) - settings.reference.toMillis();
      deques.reference.removeIf(element -> isBefore(element, from));
    }
  }

  private boolean isBefore(T element, long from) {
    return time.applyAsLong(element) < from;
  }

  private long latest(Deque<T> deque) {
    return deque.stream().mapToLong(time).max().orElse(Long.MIN_VALUE);
  }

  @Override
  public List<T> current() {
    return List.copyOf(deques.current);
  }

  @Override
  public List<T> reference() {
    return List.copyOf(deques.reference);
  }

  @Override
  public List<T> pending() {
    return List.copyOf(deques.pending);
  }

  @Override
  public void write(ElementCodec<T> codec, DataOutput out) throws IOException {
    deques.write(codec, out);
  }

  @Override
  public void read(ElementCodec<T> codec, DataInput in) throws IOException {
    deques.read(codec, in);
  }
}
