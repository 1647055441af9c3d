package dev.penstock.core.window;

import dev.penstock.core.stats.Require;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
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
public final class AmountWindows<T> implements DetectionWindows<T> {

  private final Settings settings;
  private final Deques<T> deques = new Deques<>();

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
    this.settings = settings;
  }

  @Override
  public void add(List<T> elements) {
    elements.forEach(this::add);
  }

  private void add(T element) {
    deques.current.addLast(element);
    boolean full = deques.current.size() > settings.current;
    if (settings.overlap == Overlap.ALLOWED) {
      deques.pending.addLast(element);
      trim(deques.pending, settings.reference);
      trim(deques.current, settings.current);
    } else if (full) {
      deques.pending.addLast(deques.current.removeFirst());
      trim(deques.pending, Math.max(0, settings.reference - settings.current));
    }
  }

  @Override
  public void onTrigger() {
    deques.reference.addAll(deques.pending);
    deques.pending.clear();
    if (settings.overlap == Overlap.NONE) {
      deques.reference.addAll(deques.current);
      deques.current.clear();
    }
    trim(deques.reference, settings.reference);
  }

  private static <T> void trim(Deque<T> deque, int most) {
    while (deque.size() > most) {
      deque.removeFirst();
    }
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
