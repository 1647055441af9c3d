package dev.penstock.cli.bench.alarm;

import dev.penstock.core.block.Observation;
import dev.penstock.core.block.SampleBlock;
import dev.penstock.datagen.stream.GaussianClusters;
import dev.penstock.datagen.stream.LabelledStream;
import dev.penstock.schemas.spec.SpecReader;
import dev.penstock.schemas.spec.dataset.DatasetSpec;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.LongConsumer;

/**
 * Counts the false alarms of drift triggers whose metrics have a budget of one in a million
 * samples, on streams whose features keep their law, and then whether they find that it has
 * changed.
 */
public final class AlarmBenchmark {

  private static final int MILLION = 1_000_000;
  private static final int FEATURES = 4;
  private static final int CLASSES = 3;
  private static final double SPREAD = 1;

  /** Part of the centres' way to the next concept: a quarter of a standard deviation a feature. */
  private static final double DRIFT = 0.4;

  /** Checks after a drift, in one of which it must be found. */
  private static final int PATIENCE = 10;

  private static final DatasetSpec DATASET =
      SpecReader.parseDataset(
              "alarms",
              """
              kind: dataset
              name: alarms
              payload: {type: tensor, dtype: float32, shape: [%d]}
              label: {type: none}
              """
                  .formatted(FEATURES))
          .complete();

  private final List<String> metrics;
  private final int streams;
  private final int millions;
  private final LongConsumer seen;

  /**
   * A benchmark.
   *
   * @param metrics types of drift metrics, of features
   * @param streams number of streams, of the seeds 1, 2, …
   * @param millions of samples of each before its drift
   * @param seen is told how many samples were seen
   * @throws IllegalArgumentException if there is nothing to run
   */
  public AlarmBenchmark(List<String> metrics, int streams, int millions, LongConsumer seen) {
    this.metrics = List.copyOf(metrics);
    this.streams = atLeastOne("streams", streams);
    this.millions = atLeastOne("millions", millions);
    this.seen = seen;
    atLeastOne("metrics", metrics.size());
  }

  /** Samples in all. */
  public long samples() {
    return (long) streams * (millions * (long) MILLION + PATIENCE * BudgetedTrigger.INTERVAL);
  }

  /** Runs every metric over every stream. */
  public AlarmTable run() {
    List<Count> counts = metrics.stream().map(metric -> new Count()).toList();
    for (long seed = 1; seed <= streams; seed++) {
      stream(seed, counts);
    }
    List<AlarmScore> scores = new ArrayList<>();
    for (int i = 0; i < counts.size(); i++) {
      scores.add(counts.get(i).score(metrics.get(i), streams, millions));
    }
    return new AlarmTable(scores);
  }

  private void stream(long seed, List<Count> counts) {
    LabelledStream stream = new GaussianClusters(FEATURES, CLASSES, SPREAD, seed);
    SplittableRandom random = new SplittableRandom(seed);
    List<BudgetedTrigger> triggers =
        metrics.stream().map(metric -> new BudgetedTrigger(metric, DATASET, seed)).toList();
    long[] first = new long[triggers.size()];
    long offset = 0;
    for (; offset < (long) millions * MILLION; offset += BudgetedTrigger.INTERVAL) {
      SampleBlock block = block(stream, 0, offset, random);
      for (int i = 0; i < first.length; i++) {
        triggers.get(i).see(block);
        first[i] += offset < MILLION ? triggers.get(i).alarms() - first[i] : 0;
      }
      seen.accept(block.size());
    }
    for (int i = 0; i < first.length; i++) {
      counts.get(i).add(first[i], triggers.get(i).alarms(), millions);
    }
    drift(stream, offset, random, triggers, counts);
  }

  /** Goes on after a drift until all have had their chance. */
  private void drift(
      LabelledStream stream,
      long from,
      SplittableRandom random,
      List<BudgetedTrigger> triggers,
      List<Count> counts) {
    long[] before = triggers.stream().mapToLong(BudgetedTrigger::alarms).toArray();
    boolean[] found = new boolean[before.length];
    for (int check = 1; check <= PATIENCE; check++) {
      long offset = from + (check - 1L) * BudgetedTrigger.INTERVAL;
      SampleBlock block = block(stream, DRIFT, offset, random);
      for (int i = 0; i < before.length; i++) {
        triggers.get(i).see(block);
        if (!found[i] && triggers.get(i).alarms() > before[i]) {
          found[i] = true;
          counts.get(i).found(check * (long) BudgetedTrigger.INTERVAL);
        }
      }
      seen.accept(block.size());
    }
  }

  private static SampleBlock block(
      LabelledStream stream, double concept, long offset, SplittableRandom random) {
    long[] times = new long[BudgetedTrigger.INTERVAL];
    Observation[] observations = new Observation[times.length];
    float[] features = new float[FEATURES];
    for (int i = 0; i < times.length; i++) {
      times[i] = offset + i;
      int label = stream.draw(concept, random, features);
      ByteBuffer payload =
          ByteBuffer.allocate(FEATURES * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
      payload.asFloatBuffer().put(features);
      observations[i] = new Observation(label, payload.array(), List.of());
    }
    return SampleBlock.dense(0, offset, times, offset + times.length - 1).with(observations);
  }

  private static int atLeastOne(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " must be at least 1, got " + value);
    }
    return value;
  }

  /** One metric's alarms. */
  private static final class Count {

    private long first;
    private long later;
    private int within;
    private int found;
    private long delays;

    void add(long inFirst, long inAll, int millions) {
      first += inFirst;
      later += inAll - inFirst;
      within += inAll <= millions + 2 * Math.sqrt(millions) ? 1 : 0;
    }

    void found(long delay) {
      found++;
      delays += delay;
    }

    AlarmScore score(String metric, int streams, int millions) {
      double meanDelay = found == 0 ? Double.NaN : (double) delays / found;
      return new AlarmScore(metric, streams, millions, first, later, within, found, meanDelay);
    }
  }
}
