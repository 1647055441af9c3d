package dev.penstock.core.trigger.watching;

import dev.penstock.core.block.Feedback;
import dev.penstock.core.block.ModelInUse;
import dev.penstock.core.block.Observation;
import dev.penstock.core.criterion.Decision;
import dev.penstock.core.drift.Score;
import dev.penstock.core.sampling.SampleHash;
import dev.penstock.core.timeline.Run;
import dev.penstock.core.trigger.Answer;
import dev.penstock.core.trigger.Answer.Measurement;
import dev.penstock.core.trigger.Due;
import dev.penstock.core.trigger.EvaluationInterval;
import dev.penstock.core.trigger.TriggerContext;
import dev.penstock.core.trigger.TriggerPolicy;
import dev.penstock.core.vote.VoteRule;
import dev.penstock.core.vote.VoteRules;
import dev.penstock.core.window.SampledWindows;
import dev.penstock.schemas.serde.TensorValues;
import dev.penstock.schemas.spec.dataset.PayloadSpec;
import dev.penstock.schemas.spec.trigger.DriftTriggerSpec;
import dev.penstock.schemas.spec.trigger.DriftTriggerSpec.Watch;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Fires when the current window is far from the reference window, as Modyn's DataDriftTrigger does
 * (Böther et al.: Modyn, SIGMOD 2025). The first evaluation fires; during the warm-up another
 * policy is asked, and at its end criteria that compare with past scores are shown the scores of
 * the reference windows of the warm-up.
 *
 * <p>Beyond Modyn: features, predictions and labels can be compared, not embeddings alone. A window
 * is sampled by hashes. A sample is embedded once by each model version, not at every evaluation.
 * The reference moves on when a training is triggered: in lockstep the model is there before the
 * next sample, as with Modyn, and live the old model goes on being asked until the new one comes.
 */
final class DriftPolicy implements TriggerPolicy {

  /** Draws of windows and of tests are independent. */
  private static final int WINDOWS = 0;

  private static final int TESTS = 1;

  private final DriftTriggerSpec spec;
  private final TriggerContext context;
  private final EvaluationInterval interval;
  private final WarmUp warmUp;
  private final List<JudgedMetric> metrics;
  private final VoteRule rule;
  private final SampledWindows<Row> windows;
  private final NewestModel model = new NewestModel();

  /** Reference windows of the warm-up, until criteria have been calibrated with them. */
  private final List<List<Row>> warmUpReferences = new ArrayList<>();

  private boolean first = true;
  private long evaluations;

  /** Slice time of the last sample. */
  private long time = Long.MIN_VALUE;

  DriftPolicy(DriftTriggerSpec spec, TriggerContext context, WarmUp warmUp) {
    this.spec = spec;
    this.context = context;
    this.interval = new EvaluationInterval(spec.evaluationInterval());
    this.warmUp = warmUp;
    this.metrics = new ArrayList<>();
    spec.metrics().forEach((name, metric) -> metrics.add(new JudgedMetric(name, metric)));
    this.rule = VoteRules.create(spec.aggregation(), List.copyOf(spec.metrics().keySet()));
    Optional<Integer> size = spec.sampleSize();
    this.windows =
        new SampledWindows<>(
            spec.windows(), size.isPresent() ? OptionalInt.of(size.get()) : OptionalInt.empty());
  }

  @Override
  public String type() {
    return "data-drift";
  }

  @Override
  public String stateFormat() {
    return type()
        + " "
        + spec.watch()
        + " "
        + metrics.stream().map(JudgedMetric::stateFormat).toList()
        + " "
        + warmUp.stateFormat();
  }

  @Override
  public Optional<Due> due(Run run) {
    return interval.due(run);
  }

  @Override
  public void see(Run run, long samples) {
    interval.see(samples);
    Run seen = run.first(samples);
    warmUp.see(seen);
    seen.forEach(
        (at, partition, offset, observation) -> {
          time = at;
          if (observation != null) {
            see(partition, offset, observation);
          }
        });
  }

  private void see(int partition, long offset, Observation observation) {
    Feedback feedback = observation.feedback(context.pipeline());
    model.see(feedback);
    Row row = row(observation, feedback);
    if (row != null) {
      long seed = SampleHash.derive(context.seed(), WINDOWS);
      windows.add(row, time, SampleHash.of(SampleHash.stream(seed, partition), offset));
    }
  }

  /** Null: the sample has nothing to compare. */
  private @Nullable Row row(Observation observation, Feedback feedback) {
    return switch (spec.watch()) {
      case LABELS -> Double.isNaN(observation.label()) ? null : Row.of(observation.label());
      case PREDICTIONS -> Float.isNaN(feedback.predicted()) ? null : Row.of(feedback.predicted());
      case EMBEDDINGS ->
          observation.payload().length == 0 ? null : Row.toEmbed(observation.payload());
      case FEATURES ->
          observation.payload().length > 0
                  && context.dataset() != null
                  && context.dataset().payload() instanceof PayloadSpec.Tensor tensor
              ? Row.of(TensorValues.of(tensor, observation.payload()))
              : null;
    };
  }

  @Override
  public Answer answer() {
    interval.next();
    evaluations++;
    boolean isWarmUp = !warmUp.isOver();
    if (isWarmUp && calibrates()) {
      warmUpReferences.add(first ? windows.current() : windows.reference());
    }
    Answer answer = first || isWarmUp ? unmeasured(isWarmUp) : compared();
    first = false;
    if (isWarmUp && warmUp.isOver()) {
      calibrate();
    }
    if (!warmUp.isOver()) {
      windows.onTrigger();
    }
    return answer;
  }

  private Answer unmeasured(boolean isWarmUp) {
    boolean vote = !isWarmUp || warmUp.next();
    String reason =
        first
            ? "the first evaluation"
            : warmUp.progress() + ": its policy " + (vote ? "fires" : "holds");
    return Answer.of(first || vote, reason, List.of(), model.id());
  }

  private boolean calibrates() {
    return metrics.stream().anyMatch(JudgedMetric::needsCalibration);
  }

  private Answer compared() {
    if (model.get() == null && spec.watch() == Watch.EMBEDDINGS) {
      return Answer.of(/* fires= */ false, "no model to embed with yet", List.of(), null);
    }
    // The model may come only after the warm-up.
    calibrate();
    double[][] reference = values(windows.reference());
    double[][] current = values(windows.current());
    boolean[] votes = new boolean[metrics.size()];
    List<Measurement> measurements = new ArrayList<>();
    List<String> said = new ArrayList<>();
    for (int i = 0; i < votes.length; i++) {
      JudgedMetric metric = metrics.get(i);
      Score score = metric.measure(reference, current, testSeed());
      Decision decision = metric.judge(score, time);
      votes[i] = decision.fired();
      measurements.add(new Measurement(metric.name(), decision.score(), decision.threshold()));
      metric
          .spentBudget()
          .ifPresent(
              share -> measurements.add(new Measurement(metric.name() + ".spentBudget", share, 1)));
      said.add(
          metric.name()
              + " "
              + Figures.against(decision.score(), decision.threshold())
              + (decision.fired() ? ": drift" : ": no drift"));
    }
    measurements.add(Measurement.of("referenceSamples", reference.length));
    measurements.add(Measurement.of("currentSamples", current.length));
    return Answer.of(rule.suffice(votes), String.join("; ", said), measurements, watched());
  }

  private @Nullable String watched() {
    return spec.watch() == Watch.EMBEDDINGS || spec.watch() == Watch.PREDICTIONS
        ? model.id()
        : null;
  }

  private long testSeed() {
    return SampleHash.derive(SampleHash.derive(context.seed(), TESTS), evaluations);
  }

  /** Shows criteria the scores of the warm-up's reference windows, once there is a model. */
  private void calibrate() {
    if (warmUpReferences.isEmpty() || (model.get() == null && spec.watch() == Watch.EMBEDDINGS)) {
      return;
    }
    double[][] current = values(windows.current());
    for (List<Row> rows : warmUpReferences) {
      double[][] reference = values(rows);
      for (JudgedMetric metric : metrics) {
        if (metric.needsCalibration()) {
          metric.judge(metric.measure(reference, current, testSeed()), time);
          metric.triggered();
        }
      }
    }
    warmUpReferences.clear();
  }

  private double[][] values(List<Row> rows) {
    if (spec.watch() == Watch.EMBEDDINGS) {
      embed(rows);
    }
    return rows.stream().map(Row::values).toArray(double[][]::new);
  }

  private void embed(List<Row> rows) {
    ModelInUse newest = model.get();
    if (newest == null) {
      return;
    }
    List<Row> missing = rows.stream().filter(row -> !row.isOf(newest.id())).toList();
    if (!missing.isEmpty()) {
      float[][] embeddings =
          context.embedder().embed(newest, missing.stream().map(Row::payload).toList());
      for (int i = 0; i < embeddings.length; i++) {
        missing.get(i).embedded(newest.id(), embeddings[i]);
      }
    }
  }

  @Override
  public void triggered(long number) {
    if (number > 0) {
      windows.onTrigger();
    }
    metrics.forEach(JudgedMetric::triggered);
  }

  @Override
  public void write(DataOutput out) throws IOException {
    interval.write(out);
    warmUp.write(out);
    model.write(out);
    out.writeBoolean(first);
    out.writeLong(evaluations);
    out.writeLong(time);
    for (JudgedMetric metric : metrics) {
      metric.write(out);
    }
    windows.write(Row.CODEC, out);
    // Rows of several windows are written once.
    Map<Row, Integer> table = new LinkedHashMap<>();
    for (List<Row> reference : warmUpReferences) {
      for (Row row : reference) {
        table.putIfAbsent(row, table.size());
      }
    }
    out.writeInt(table.size());
    for (Row row : table.keySet()) {
      Row.CODEC.write(row, out);
    }
    out.writeInt(warmUpReferences.size());
    for (List<Row> reference : warmUpReferences) {
      out.writeInt(reference.size());
      for (Row row : reference) {
        out.writeInt(table.getOrDefault(row, 0));
      }
    }
  }

  @Override
  public void read(DataInput in) throws IOException {
    interval.read(in);
    warmUp.read(in);
    model.read(in);
    first = in.readBoolean();
    evaluations = in.readLong();
    time = in.readLong();
    for (JudgedMetric metric : metrics) {
      metric.read(in);
    }
    windows.read(Row.CODEC, in);
    List<Row> table = new ArrayList<>();
    for (int remaining = in.readInt(); remaining > 0; remaining--) {
      table.add(Row.CODEC.read(in));
    }
    warmUpReferences.clear();
    for (int remaining = in.readInt(); remaining > 0; remaining--) {
      List<Row> reference = new ArrayList<>();
      for (int rows = in.readInt(); rows > 0; rows--) {
        reference.add(table.get(in.readInt()));
      }
      warmUpReferences.add(reference);
    }
  }
}
