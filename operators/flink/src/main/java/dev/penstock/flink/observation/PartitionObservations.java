package dev.penstock.flink.observation;

import dev.penstock.core.block.Feedback;
import dev.penstock.core.block.ModelInUse;
import dev.penstock.core.block.Observation;
import dev.penstock.core.block.SampleBlock;
import dev.penstock.core.block.Sight;
import dev.penstock.core.evaluation.Ranks;
import dev.penstock.flink.block.BlockColumns;
import dev.penstock.flink.block.BlockColumns.Columns;
import dev.penstock.flink.observation.ActiveModels.Version;
import dev.penstock.schemas.spec.dataset.LabelSpec;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Samples of one partition that are to be scored together. */
final class PartitionObservations {

  private static final byte[] NOT_LOOKED_AT = {};

  private final BlockColumns columns;
  private final List<Sight> sights;
  private final boolean classes;
  private final List<Sample> samples = new ArrayList<>();

  /**
   * A sample that is not scored yet.
   *
   * @param looks what there is of it for each pipeline
   */
  private record Sample(double label, ByteBuffer payload, List<Look> looks) {}

  /**
   * What a pipeline's observation of a sample is made of.
   *
   * @param at its models at the sample's record
   * @param isServed whether predictions are a serving system's
   * @param served its prediction; null: none in time
   */
  record Look(ActiveModels.At at, boolean isServed, @Nullable Served served) {}

  PartitionObservations(int partition, Columns columns, List<Sight> sights, LabelSpec label) {
    this.columns = new BlockColumns(partition, columns);
    this.sights = sights;
    this.classes = label instanceof LabelSpec.Classes;
  }

  void progress(long offset, long timestamp) {
    columns.progress(offset, timestamp);
  }

  void invalid(long offset) {
    columns.invalid(offset);
  }

  /**
   * Adds a sample.
   *
   * @param label class index or target; NaN: not labelled
   */
  void add(long offset, long timestamp, double label, ByteBuffer payload, List<Look> looks) {
    boolean isClass = classes && !Double.isNaN(label);
    columns.sample(offset, timestamp, isClass ? (int) label : SampleBlock.UNLABELLED);
    samples.add(new Sample(label, payload, looks));
  }

  boolean isEmpty() {
    return columns.isEmpty();
  }

  int size() {
    return samples.size();
  }

  /** Scores all samples and begins anew. */
  SampleBlock observe(ActiveModels models) {
    Feedback[][] feedback = new Feedback[samples.size()][sights.size()];
    boolean payloads = false;
    for (int pipeline = 0; pipeline < sights.size(); pipeline++) {
      payloads |= sights.get(pipeline).payload();
      fill(feedback, pipeline, models);
    }
    Observation[] observations = new Observation[samples.size()];
    for (int i = 0; i < observations.length; i++) {
      Sample sample = samples.get(i);
      observations[i] =
          new Observation(
              sample.label, payloads ? bytes(sample.payload) : NOT_LOOKED_AT, List.of(feedback[i]));
    }
    samples.clear();
    return columns.take().with(observations);
  }

  /** Scores stretches of samples that have the same model. */
  private void fill(Feedback[][] feedback, int pipeline, ActiveModels models) {
    for (int from = 0; from < samples.size(); ) {
      Look look = samples.get(from).looks.get(pipeline);
      if (look.isServed) {
        feedback[from][pipeline] = served(look, samples.get(from).label);
        from++;
        continue;
      }
      ActiveModels.At at = look.at;
      int to = from + 1;
      while (to < samples.size() && Objects.equals(samples.get(to).looks.get(pipeline), look)) {
        to++;
      }
      Version active = at.active();
      if (active == null || sights.get(pipeline).scores() == Sight.Scores.NONE) {
        Feedback same = Feedback.unscored(at.settled(), active == null ? null : active.inUse());
        for (int i = from; i < to; i++) {
          feedback[i][pipeline] = same;
        }
      } else {
        score(feedback, pipeline, from, to, at.settled(), active, models);
      }
      from = to;
    }
  }

  private void score(
      Feedback[][] feedback,
      int pipeline,
      int from,
      int to,
      long settled,
      Version active,
      ActiveModels models) {
    boolean all = sights.get(pipeline).scores() == Sight.Scores.ALL;
    List<ByteBuffer> payloads = new ArrayList<>();
    for (Sample sample : samples.subList(from, to)) {
      if (all || !Double.isNaN(sample.label)) {
        payloads.add(sample.payload);
      }
    }
    float[][] scores = models.load(active.message()).score(payloads);
    int next = 0;
    for (int i = from; i < to; i++) {
      double label = samples.get(i).label;
      feedback[i][pipeline] =
          all || !Double.isNaN(label)
              ? feedback(settled, active.inUse(), scores[next++], label)
              : Feedback.unscored(settled, active.inUse());
    }
  }

  private Feedback served(Look look, double label) {
    Version version = look.at.active();
    ModelInUse model = version == null ? null : version.inUse();
    Served served = look.served;
    if (served == null) {
      return Feedback.unscored(look.at.settled(), model);
    }
    float predicted = served.predicted();
    if (!classes) {
      return value(look.at.settled(), model, predicted, label);
    }
    float[] probabilities = served.probabilities();
    if (Double.isNaN(label)) {
      return new Feedback(look.at.settled(), model, predicted, Float.NaN, -1);
    }
    if (probabilities == null) {
      return new Feedback(
          look.at.settled(), model, predicted, Float.NaN, predicted == label ? 0 : 1);
    }
    int truth = (int) label;
    return new Feedback(
        look.at.settled(),
        model,
        predicted,
        logLoss(probabilities[truth]),
        Ranks.of(probabilities, truth));
  }

  private static Feedback value(
      long settled, @Nullable ModelInUse model, float predicted, double label) {
    double error = predicted - label;
    return new Feedback(settled, model, predicted, (float) (error * error), -1);
  }

  private Feedback feedback(
      long settled, @Nullable ModelInUse model, float[] scores, double label) {
    if (!classes) {
      return value(settled, model, scores[0], label);
    }
    int best = Ranks.best(scores);
    if (Double.isNaN(label)) {
      return new Feedback(settled, model, best, Float.NaN, -1);
    }
    int truth = (int) label;
    return new Feedback(settled, model, best, logLoss(scores[truth]), Ranks.of(scores, truth));
  }

  /** Clipped as scikit-learn does, so that one sure mistake does not make all infinite. */
  private static float logLoss(float probability) {
    return (float) -Math.log(Math.max(Math.ulp(1f), probability));
  }

  private static byte[] bytes(ByteBuffer payload) {
    byte[] bytes = new byte[payload.remaining()];
    payload.duplicate().get(bytes);
    return bytes;
  }
}
