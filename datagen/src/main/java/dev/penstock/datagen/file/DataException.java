package dev.penstock.datagen.file;

/** A recorded file is not as its dataset declares it: where, what must be, what was got. */
public final class DataException extends RuntimeException {

  public DataException(String message) {
    super(message);
  }

  public DataException(String file, long line, String message) {
    super(file + ":" + line + ": " + message);
  }
}
