package dev.penstock.schemas.spec.yaml;

/**
 * A mistake in a file.
 *
 * @param file where
 * @param line where, from 1
 * @param path of keys to the value, such as {@code trigger.num-samples}; empty: the whole file
 * @param message what must be and what was got
 */
public record Problem(String file, int line, String path, String message) {

  @Override
  public String toString() {
    return file + ":" + line + ": " + (path.isEmpty() ? "" : path + ": ") + message;
  }
}
