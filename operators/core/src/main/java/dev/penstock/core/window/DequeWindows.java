package dev.penstock.core.window;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Windows as three deques. What differs between kinds is when an element leaves one.
 *
 * @param <T> element
 */
abstract sealed class DequeWindows<T> implements DetectionWindows<T>
    permits AmountWindows, TimeWindows {

  private final Overlap overlap;

  final Deque<T> reference = new ArrayDeque<>();
  final Deque<T> pending = new ArrayDeque<>();
  final Deque<T> current = new ArrayDeque<>();

  DequeWindows(Overlap overlap) {
    this.overlap = overlap;
  }

  @Override
  public final void onTrigger() {
    reference.addAll(pending);
    pending.clear();
    if (overlap == Overlap.NONE) {
      reference.addAll(current);
      current.clear();
    }
    trimReference();
  }

  /** Cuts the reference, to which a trigger has added, to its size. */
  abstract void trimReference();

  @Override
  public final List<T> current() {
    return List.copyOf(current);
  }

  @Override
  public final List<T> reference() {
    return List.copyOf(reference);
  }

  @Override
  public final List<T> pending() {
    return List.copyOf(pending);
  }

  @Override
  public final void write(ElementCodec<T> codec, DataOutput out) throws IOException {
    for (Deque<T> deque : List.of(reference, pending, current)) {
      out.writeInt(deque.size());
      for (T element : deque) {
        codec.write(element, out);
      }
    }
  }

  @Override
  public final void read(ElementCodec<T> codec, DataInput in) throws IOException {
    for (Deque<T> deque : List.of(reference, pending, current)) {
      deque.clear();
      int size = in.readInt();
      for (int i = 0; i < size; i++) {
        deque.addLast(codec.read(in));
      }
    }
  }
}
