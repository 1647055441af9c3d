package dev.penstock.cli.bench.detection;

/** Errors that no alarm changes. */
final class FixedErrors implements ErrorStream {

  private final boolean[] errors;
  private int next;

  FixedErrors(boolean[] errors) {
    this.errors = errors;
  }

  @Override
  public boolean next() {
    return errors[next++];
  }

  @Override
  public void restart() {
    // The rates are given.
  }
}
