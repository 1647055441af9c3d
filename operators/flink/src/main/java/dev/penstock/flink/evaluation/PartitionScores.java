package dev.penstock.flink.evaluation;

import dev.penstock.schemas.ModelVersion;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Samples of one partition that are to be scored together. */
final class PartitionScores {

  private final int partition;
  private final int pipelines;
  private final boolean classes;
  private final List<ByteBuffer> payloads = new ArrayList<>();
  private final List<@Nullable ModelVersion[]> active = new ArrayList<>();
  private long[] times = new long[16];
  private double[] labels = new double[16];

  /** Running maximum of event time since this instance began. */
  private long time = Long.MIN_VALUE;

  private boolean touched;

  PartitionScores(int partition, int pipelines, Target target) {
    this.partition = partition;
    this.pipelines = pipelines;
    this.classes = target == Target.CLASS;
  }

  /** What is predicted. */
  enum Target {
    CLASS,
    REAL
  }

  void progress(long timestamp) {
    time = Math.max(time, timestamp);
    touched = true;
  }

  void add(double label, ByteBuffer payload, @Nullable ModelVersion[] models) {
    int size = payloads.size();
    if (size == times.length) {
      times = Arrays.copyOf(times, 2 * size);
      labels = Arrays.copyOf(labels, 2 * size);
    }
    times[size] = time;
    labels[size] = label;
    payloads.add(payload);
    active.add(models);
  }

  boolean isEmpty() {
    return !touched;
  }

  int size() {
    return payloads.size();
  }

  /** Scores all samples and begins anew. */
  ScoredBlock score(ActiveModels models) {
    int size = payloads.size();
    List<String> ids = new ArrayList<>();
    int[][] model = new int[pipelines][size];
    float[][] predicted = new float[pipelines][size];
    float[][] logLoss = new float[pipelines][size];
    for (int pipeline = 0; pipeline < pipelines; pipeline++) {
      for (int from = 0; from < size; ) {
        ModelVersion version = active.get(from)[pipeline];
        int to = from + 1;
        while (to < size && Objects.equals(active.get(to)[pipeline], version)) {
          to++;
        }
        Arrays.fill(model[pipeline], from, to, version == null ? -1 : index(ids, version));
        if (version != null) {
          float[][] scores = models.load(version).score(payloads.subList(from, to));
          for (int i = from; i < to; i++) {
            predicted[pipeline][i] = predicted(scores[i - from]);
            logLoss[pipeline][i] = logLoss(scores[i - from], labels[i]);
          }
        }
        from = to;
      }
    }
    ScoredBlock block =
        new ScoredBlock(
            partition,
            time,
            Arrays.copyOf(times, size),
            Arrays.copyOf(labels, size),
            ids.toArray(String[]::new),
            model,
            predicted,
            logLoss);
    payloads.clear();
    active.clear();
    touched = false;
    return block;
  }

  private static int index(List<String> ids, ModelVersion version) {
    if (!ids.contains(version.getId())) {
      ids.add(version.getId());
    }
    return ids.indexOf(version.getId());
  }

  private float predicted(float[] scores) {
    if (!classes) {
      return scores[0];
    }
    int best = 0;
    for (int i = 1; i < scores.length; i++) {
      best = scores[i] > scores[best] ? i : best;
    }
    return best;
  }

  /** Clipped as scikit-learn does, so that one sure mistake does not make all infinite. */
  private float logLoss(float[] scores, double label) {
    if (!classes) {
      return 0;
    }
    double probability = Math.max(Math.ulp(1f), scores[(int) label]);
    return (float) -Math.log(probability);
  }
}
