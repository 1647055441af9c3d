package dev.penstock.core.window;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;

/**
 * What drift is measured between: a reference window of what the model was trained on, and a
 * current window of what has come last. A trigger moves the reference on; a second one without new
 * elements between changes nothing.
 *
 * @param <T> element
 */
public sealed interface DetectionWindows<T> permits DequeWindows {

  /** Adds elements, in the order in which they came. */
  void add(List<T> elements);

  /** A model was trained on what has come. */
  void onTrigger();

  /** The current window, oldest first; a copy. */
  List<T> current();

  /** The reference window, oldest first; a copy, empty before the first trigger. */
  List<T> reference();

  /**
   * What has come since the last trigger and is to go into the reference, beside the current
   * window: without overlap, what has left the current window; with it, all that is to be copied. A
   * copy, oldest first.
   */
  List<T> pending();

  /** Writes the windows; the settings are not part of it. */
  void write(ElementCodec<T> codec, DataOutput out) throws IOException;

  /** Takes windows that others of the same settings wrote, and goes on as those would. */
  void read(ElementCodec<T> codec, DataInput in) throws IOException;
}
