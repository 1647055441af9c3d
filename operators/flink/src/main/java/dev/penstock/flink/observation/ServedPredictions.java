package dev.penstock.flink.observation;

import dev.penstock.flink.observation.PredictionFeed.Message;
import dev.penstock.schemas.Prediction;
import dev.penstock.schemas.serde.AvroCodec;
import dev.penstock.schemas.serde.DecodingException;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.flink.metrics.Counter;
import org.jspecify.annotations.Nullable;

/**
 * The predictions of a serving system for samples that are about to be observed.
 *
 * <p>A prediction counts if its time is within the feedback delay of its sample's record timestamp;
 * of several, the first counts. Which do is thus a function of both logs, and this is no state: a
 * stretch of time around the samples to come is remembered, and read again after a restore, or when
 * samples older than that come from a partition that is behind. Memory: the predictions for this
 * subtask's partitions in twice the delay and {@value #SLACK_MILLIS} ms.
 */
final class ServedPredictions implements AutoCloseable {

  /** How far behind others a partition may be before the topic is read again for it. */
  private static final long SLACK_MILLIS = 5_000;

  private static final Comparator<Stored> FIRST =
      Comparator.comparingLong(Stored::time)
          .thenComparingInt(Stored::partition)
          .thenComparingLong(Stored::offset);

  private final PredictionFeed feed;
  private final long delayMillis;
  private final int classes;
  private final Counts counts;
  private final AvroCodec<Prediction> codec = AvroCodec.of(Prediction.class);

  /** Partitions of the sample log whose samples come here. */
  private final Set<Integer> partitions = new HashSet<>();

  /** First offset of each that has not been observed. */
  private final Map<Integer, Long> next = new HashMap<>();

  /** First offset of each partition of the topic that was never read. */
  private final Map<Integer, Long> fresh = new HashMap<>();

  private final Map<Sample, Stored> stored = new HashMap<>();
  private final ArrayDeque<Stored> inOrder = new ArrayDeque<>();

  /** What is remembered begins here, and is complete up to there. */
  private long from = Long.MAX_VALUE;

  private long complete = Long.MIN_VALUE;

  /** Counters of predictions that were not there, came late, or were none. */
  record Counts(Counter missing, Counter late, Counter invalid) {}

  private record Sample(int partition, long offset) {}

  /**
   * A prediction and where it stood.
   *
   * @param other one for the same sample
   */
  private record Stored(
      Sample sample,
      long time,
      int partition,
      long offset,
      Served served,
      @Nullable Stored other) {}

  /**
   * Predictions of a feed.
   *
   * @param classes number of classes; 0: labels are no classes
   */
  ServedPredictions(PredictionFeed feed, long delayMillis, int classes, Counts counts) {
    this.feed = feed;
    this.delayMillis = delayMillis;
    this.classes = classes;
    this.counts = counts;
  }

  /** Samples of this partition will be asked for. */
  void expect(int partition) {
    if (partitions.add(partition)) {
      from = Long.MAX_VALUE;
    }
  }

  /** Whether all that count for samples of this time are here, without reading. */
  boolean covers(long timestamp) {
    return timestamp - delayMillis >= from && timestamp + delayMillis <= complete;
  }

  /** Reads what counts for samples of this time; whether all could be read. */
  boolean readFor(long timestamp) {
    if (timestamp - delayMillis < from) {
      seek(timestamp - delayMillis - SLACK_MILLIS);
    }
    forgetBefore(timestamp - delayMillis - SLACK_MILLIS);
    if (timestamp + delayMillis > complete) {
      complete = feed.read(timestamp + delayMillis, this::take);
    }
    return covers(timestamp);
  }

  private void seek(long time) {
    stored.clear();
    inOrder.clear();
    feed.seek(time);
    from = time;
    complete = time - 1;
  }

  private void forgetBefore(long time) {
    if (time > from) {
      from = time;
      // Those of other partitions of the topic, which may hide behind a later one, go soon.
      while (!inOrder.isEmpty() && inOrder.getFirst().time() < time) {
        stored.remove(inOrder.removeFirst().sample());
      }
    }
  }

  private void take(Message message) {
    boolean isFresh = message.offset() >= fresh.getOrDefault(message.partition(), 0L);
    if (isFresh) {
      fresh.put(message.partition(), message.offset() + 1);
    }
    Prediction prediction = decode(message);
    Optional<Served> served =
        prediction == null ? Optional.empty() : Served.of(prediction, classes);
    if (prediction == null || served.isEmpty()) {
      if (isFresh) {
        counts.invalid.inc();
      }
      return;
    }
    if (!partitions.contains(prediction.getPartition())) {
      return;
    }
    Sample sample = new Sample(prediction.getPartition(), prediction.getOffset());
    if (sample.offset < next.getOrDefault(sample.partition, 0L)) {
      if (isFresh) {
        counts.late.inc();
      }
      return;
    }
    Stored one =
        new Stored(
            sample,
            message.time(),
            message.partition(),
            message.offset(),
            served.get(),
            stored.get(sample));
    stored.put(sample, one);
    inOrder.add(one);
  }

  private @Nullable Prediction decode(Message message) {
    byte[] value = message.value();
    if (value == null) {
      return null;
    }
    try {
      return codec.decode(value);
    } catch (DecodingException e) {
      return null;
    }
  }

  /** The prediction that counts for a sample of a time that is covered; null: none, and counted. */
  @Nullable Served of(int partition, long offset, long timestamp) {
    Stored first = null;
    boolean isLate = false;
    for (Stored one = stored.get(new Sample(partition, offset)); one != null; one = one.other()) {
      if (one.time() > timestamp + delayMillis) {
        isLate = true;
      } else if (one.time() >= timestamp - delayMillis
          && (first == null || FIRST.compare(one, first) < 0)) {
        first = one;
      }
    }
    if (first == null) {
      counts.missing.inc();
      if (isLate) {
        counts.late.inc();
      }
      return null;
    }
    return first.served();
  }

  /** A sample has been observed, whether it was asked for or not. */
  void observed(int partition, long offset) {
    next.put(partition, offset + 1);
    stored.remove(new Sample(partition, offset));
  }

  @Override
  public void close() {
    feed.close();
  }
}
