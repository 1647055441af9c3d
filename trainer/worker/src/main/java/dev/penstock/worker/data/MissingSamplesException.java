package dev.penstock.worker.data;

/** Samples of a training set cannot be read from the sample log. */
public final class MissingSamplesException extends RuntimeException {

  public MissingSamplesException(String message) {
    super(message);
  }

  public MissingSamplesException(String message, Throwable cause) {
    super(message, cause);
  }
}
