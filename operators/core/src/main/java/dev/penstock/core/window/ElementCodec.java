package dev.penstock.core.window;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * How windows write their elements.
 *
 * @param <T> element
 */
public interface ElementCodec<T> {

  /** Writes an element. */
  void write(T element, DataOutput out) throws IOException;

  /** Reads a written element. */
  T read(DataInput in) throws IOException;
}
