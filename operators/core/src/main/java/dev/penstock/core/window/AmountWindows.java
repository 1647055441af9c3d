package dev.penstock.core.window;

import dev.penstock.core.stats.Require;
import java.util.Deque;
import java.util.List;

/**
 * Windows of so many elements.
 *
 * <p>Without overlap, what leaves the current window waits, as long as the reference has room for
 * it; a trigger appends both to the reference and empties them. With overlap, the current window
 * stays; a trigger appends what has come since the last one. As Modyn's amount windows (Böther et
 * al.: Modyn, SIGMOD 2025). Constant time an element.
 *
 * @param <T> element
 */
public final class AmountWindows<T> extends DequeWindows<T> {

  private final Settings settings;

  /**
   * Sizes, in elements.
   *
   * @param reference at least 1; 1000 by default
   * @param current at least 1; 1000 by default
   * @param overlap none by default
   */
  public record Settings(int reference, int current, Overlap overlap) {

    /** Modyn's. */
    public static final Settings DEFAULTS = new Settings(1000, 1000, Overlap.NONE);

    public Settings {
      Require.atLeast("amount-ref", reference, 1);
      Require.atLeast("amount-cur", current, 1);
    }
  }

  public AmountWindows(Settings settings) {
    super(settings.overlap);
    this.settings = settings;
  }

  @Override
  public void add(List<T> elements) {
    elements.forEach(this::add);
  }

  private void add(T element) {
    current.addLast(element);
    boolean full = current.size() > settings.current;
    if (settings.overlap == Overlap.ALLOWED) {
      pending.addLast(element);
      trim(pending, settings.reference);
      trim(current, settings.current);
    } else if (full) {
      pending.addLast(current.removeFirst());
      trim(pending, Math.max(0, settings.reference - settings.current));
    }
  }

  @Override
  void trimReference() {
    trim(reference, settings.reference);
  }

  private static <T> void trim(Deque<T> deque, int most) {
    while (deque.size() > most) {
      deque.removeFirst();
    }
  }
}
