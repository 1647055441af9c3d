package dev.penstock.schemas.trainingset;

/** A training set's bytes do not hold what its digest says. */
public final class CorruptTrainingSetException extends RuntimeException {

  public CorruptTrainingSetException(String message) {
    super(message);
  }

  public CorruptTrainingSetException(String message, Throwable cause) {
    super(message, cause);
  }
}
