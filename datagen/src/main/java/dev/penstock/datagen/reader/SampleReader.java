package dev.penstock.datagen.reader;

import dev.penstock.datagen.file.DataException;
import dev.penstock.schemas.serde.LabelKind;
import java.io.IOException;

/** Recorded samples one after the other. What the getters tell is of the last one read. */
public interface SampleReader extends AutoCloseable {

  /**
   * Reads the next sample, if there is one.
   *
   * @throws DataException if the file is not as declared
   */
  boolean next() throws IOException;

  /** Event time, milliseconds since the epoch. */
  long timestamp();

  /**
   * Nothing before this time comes any more, milliseconds: the event time, or later where the
   * samples were recorded with what tells it.
   */
  default long sliceTime() {
    return timestamp();
  }

  /** The sample's own id. */
  String key();

  /** Which of the two labels it has. */
  LabelKind labelKind();

  /** Class index. */
  long labelClass();

  /** Regression target. */
  double labelReal();

  /** Payload as the dataset declares it; a new array for every sample. */
  byte[] payload();

  @Override
  void close() throws IOException;
}
