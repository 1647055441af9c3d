package dev.penstock.flink.observation;

import java.io.Serializable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads a topic of predictions by the time of its records: the largest timestamp up to a record in
 * its partition, so that in each partition time never goes back.
 */
public interface PredictionFeed extends AutoCloseable {

  /**
   * A record of the topic, whatever it holds.
   *
   * @param partition of the topic of predictions
   * @param offset in that partition
   * @param time of the record, milliseconds
   * @param value may hold a Prediction
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Message(int partition, long offset, long time, byte @Nullable [] value) {}

  /** Goes to the first record of each partition whose time is {@code from} or later. */
  void seek(long from);

  /**
   * Reads on towards a time, and may read beyond it.
   *
   * @return up to when all records since the last seek have been handed on, this one included; less
   *     than {@code until}: the rest cannot be read yet
   */
  long read(long until, Consumer<Message> messages);

  @Override
  void close();

  /** Opens a feed where it is needed. */
  interface Factory extends Serializable {
    PredictionFeed open(String topic);
  }
}
