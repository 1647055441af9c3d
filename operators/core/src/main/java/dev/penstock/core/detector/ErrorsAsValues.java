package dev.penstock.core.detector;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Errors as values of 1 and 0.
 *
 * @param values looks at them
 */
record ErrorsAsValues(ValueDetector values) implements ErrorDetector {

  @Override
  public Status add(boolean error) {
    return values.add(error ? 1 : 0);
  }

  @Override
  public double estimate() {
    return values.estimate();
  }

  @Override
  public void reset() {
    values.reset();
  }

  @Override
  public void write(DataOutput out) throws IOException {
    values.write(out);
  }

  @Override
  public void read(DataInput in) throws IOException {
    values.read(in);
  }
}
