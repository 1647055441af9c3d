package dev.penstock.core.window;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The three deques that every kind of windows consists of. */
final class Deques<T> {

  final Deque<T> reference = new ArrayDeque<>();
  final Deque<T> pending = new ArrayDeque<>();
  final Deque<T> current = new ArrayDeque<>();

  void write(ElementCodec<T> codec, DataOutput out) throws IOException {
    for (Deque<T> deque : List.of(reference, pending, current)) {
      out.writeInt(deque.size());
      for (T element : deque) {
        codec.write(element, out);
      }
    }
  }

  void read(ElementCodec<T> codec, DataInput in) throws IOException {
    for (Deque<T> deque : List.of(reference, pending, current)) {
      deque.clear();
      int size = in.readInt();
      for (int i = 0; i < size; i++) {
        deque.addLast(codec.read(in));
      }
    }
  }
}
