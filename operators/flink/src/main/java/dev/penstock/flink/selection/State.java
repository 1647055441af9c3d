package dev.penstock.flink.selection;

/** Access to keyed state from code that knows of none. */
final class State {

  private State() {}

  /** An access with a result. */
  interface Read<T> {
    T read() throws Exception;
  }

  /** An access without. */
  interface Write {
    void write() throws Exception;
  }

  static <T> T read(Read<T> access) {
    try {
      return access.read();
    } catch (Exception e) {
      throw new IllegalStateException("State could not be read", e);
    }
  }

  static void write(Write access) {
    try {
      access.write();
    } catch (Exception e) {
      throw new IllegalStateException("State could not be written", e);
    }
  }
}
