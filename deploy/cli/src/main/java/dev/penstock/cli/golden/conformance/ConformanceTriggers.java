package dev.penstock.cli.golden.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.penstock.core.block.Feedback;
import dev.penstock.core.block.ModelInUse;
import dev.penstock.core.block.Observation;
import dev.penstock.core.block.SampleBlock;
import dev.penstock.core.ledger.TriggerLedger;
import dev.penstock.core.timeline.Run;
import dev.penstock.core.timeline.Timeline;
import dev.penstock.core.trigger.Answer.Outcome;
import dev.penstock.core.trigger.Embedder;
import dev.penstock.core.trigger.TriggerContext;
import dev.penstock.schemas.spec.SpecReader;
import dev.penstock.schemas.spec.dataset.DatasetSpec;
import dev.penstock.schemas.spec.selection.SelectionSpec;
import dev.penstock.schemas.spec.trigger.CostTriggerSpec;
import dev.penstock.schemas.spec.trigger.DriftTriggerSpec;
import dev.penstock.schemas.spec.trigger.OutlookSpec;
import dev.penstock.schemas.spec.trigger.PerformanceTriggerSpec;
import dev.penstock.schemas.spec.trigger.PerformanceTriggerSpec.Metric;
import dev.penstock.schemas.spec.trigger.PerformanceTriggerSpec.Mode;
import dev.penstock.schemas.spec.trigger.PerformanceTriggerSpec.PerformanceCriterion;
import dev.penstock.schemas.spec.trigger.TriggerSpec;
import dev.penstock.schemas.spec.trigger.WarmUpSpec;
import dev.penstock.schemas.spec.trigger.drift.CriterionSpec;
import dev.penstock.schemas.spec.trigger.drift.DriftMetricSpec;
import dev.penstock.schemas.spec.trigger.drift.DriftMetricSpec.Aggregation;
import dev.penstock.schemas.spec.trigger.drift.DriftMetricSpec.Distance;
import dev.penstock.schemas.spec.trigger.drift.DriftMetricSpec.Judged;
import dev.penstock.schemas.spec.trigger.drift.WindowsSpec;
import dev.penstock.schemas.spec.trigger.vote.VoteSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Modyn's cases of triggers whose answers its tests feign: samples are made here of which the real
 * policies say the same, and the positions that fire are compared.
 */
final class ConformanceTriggers {

  private static final DatasetSpec DATASET =
      SpecReader.parseDataset(
              "golden",
              """
              kind: dataset
              name: golden
              payload: {type: tensor, shape: [1]}
              label: {type: classes, names: [a, b]}
              """)
          .complete();

  /** Between two samples, where a case says nothing. */
  private static final long STEP_MILLIS = 1000;

  private static final ModelInUse MODEL = new ModelInUse("golden-1", 1, 4, 10);

  private ConformanceTriggers() {}

  /** Whether only what fires is compared. */
  static boolean isDriven(String kind) {
    return switch (kind) {
      case "DataDriftTrigger.windows",
          "DataDriftTrigger.warmup",
          "PerformanceTrigger.inform",
          "LatencyCostTrigger.inform" ->
          true;
      default -> false;
    };
  }

  static Optional<Object> run(String kind, JsonNode given) {
    return switch (kind) {
      case "DataDriftTrigger.count" -> Optional.of(driftCounts(given));
      case "DataDriftTrigger.windows" -> Optional.ofNullable(driftWindows(given));
      case "DataDriftTrigger.warmup" -> Optional.of(driftWarmUp(given));
      case "PerformanceTrigger.inform" -> Optional.of(performance(given));
      case "LatencyCostTrigger.inform" -> Optional.of(latencyCost(given));
      case "LatencyCostTrigger.warmup" -> Optional.of(latencyWarmUp(given));
      default -> Optional.empty();
    };
  }

  /** One call of so many samples, of which every evaluation finds drift or none. */
  private static Object driftCounts(JsonNode given) {
    int samples = given.required("samples").asInt();
    double threshold = given.required("detection").asBoolean() ? -1 : 2;
    List<Integer> counts = new ArrayList<>();
    for (JsonNode interval : given.required("interval")) {
      TriggerSpec trigger =
          drift(
              interval.asLong(),
              WindowsSpec.Amount.DEFAULTS,
              new CriterionSpec.Threshold(threshold),
              Optional.empty());
      counts.add(fired(trigger, List.of(samples(samples))).get(0).size());
    }
    return counts;
  }

  /** Null: of another form than calls of which none finds drift. */
  private static @Nullable Object driftWindows(JsonNode given) {
    JsonNode amount = given.path("windowing").path("Amount");
    if (amount.isMissingNode() || given.path("detection").asBoolean()) {
      return null;
    }
    List<List<Sample>> calls = new ArrayList<>();
    for (JsonNode step : given.required("steps")) {
      if (step.get(0).asText().startsWith("inform")) {
        calls.add(samples(step.get(1).size()));
      }
    }
    TriggerSpec trigger =
        drift(
            given.required("interval").asLong(),
            windows(amount),
            new CriterionSpec.Threshold(2),
            Optional.empty());
    return fired(trigger, calls);
  }

  /** Batches of as many samples as an interval has; labels change where a drift is to be found. */
  private static Object driftWarmUp(JsonNode given) {
    long interval = given.required("interval").asLong();
    JsonNode quantile = given.required("criterion").required("DynamicQuantile");
    long intervals = given.required("warmup_intervals").asLong();
    List<List<Sample>> batches = new ArrayList<>();
    JsonNode drifts = given.required("detection_results");
    boolean label = false;
    // The first results are of the calibration, one an interval of the warm-up.
    int warmUps = (int) intervals;
    for (int batch = 0; batch < drifts.size(); batch++) {
      label ^= batch >= warmUps && drifts.get(batch).asBoolean();
      boolean same = label;
      List<Sample> samples = new ArrayList<>();
      for (int i = 0; i < interval; i++) {
        samples.add(new Sample(same ? 1 : 0, /* wrong= */ false, STEP_MILLIS));
      }
      batches.add(samples);
    }
    TriggerSpec trigger =
        drift(
            interval,
            windows(given.required("windowing").required("Amount")),
            new CriterionSpec.DynamicQuantile(quantile.required("window").asInt(), 0.05),
            Optional.of(warmUp(intervals, given.required("warmup_policy"))));
    return fired(trigger, batches);
  }

  private static WindowsSpec windows(JsonNode amount) {
    return new WindowsSpec.Amount(
        amount.required("ref").asLong(),
        amount.required("cur").asLong(),
        amount.path("overlap").asBoolean());
  }

  private static WarmUpSpec warmUp(long intervals, JsonNode policy) {
    return new WarmUpSpec(
        intervals, new TriggerSpec.DataAmount(policy.required("DataAmount").asLong()));
  }

  private static TriggerSpec drift(
      long interval, WindowsSpec windows, CriterionSpec criterion, Optional<WarmUpSpec> warmUp) {
    DriftMetricSpec ks =
        new DriftMetricSpec.Univariate(
            Distance.KS, Optional.empty(), Aggregation.MEAN, Optional.empty());
    return new DriftTriggerSpec(
        interval,
        DriftTriggerSpec.Watch.LABELS,
        windows,
        Optional.empty(),
        Map.of("ks", new Judged(ks, criterion)),
        new VoteSpec.MajorityVote(),
        warmUp);
  }

  /** Blocks whose model is always or never right, as the criterion is to fire or not. */
  private static Object performance(JsonNode given) {
    long interval = given.required("interval").asLong();
    JsonNode warmUp = given.path("warmup");
    boolean warms = warmUp.isObject();
    long unjudged = warms ? warmUp.required("intervals").asLong() : 1;
    JsonNode results = given.required("policy_results");
    List<List<Sample>> batches = new ArrayList<>();
    long sample = 0;
    for (JsonNode size : given.required("batches")) {
      List<Sample> batch = new ArrayList<>();
      for (int i = 0; i < size.asInt(); i++) {
        long judged = sample++ / interval - unjudged;
        boolean fires = judged >= 0 && results.path((int) judged).asBoolean();
        batch.add(new Sample(0, fires, STEP_MILLIS));
      }
      batches.add(batch);
    }
    TriggerSpec trigger =
        new PerformanceTriggerSpec(
            interval,
            OutlookSpec.DEFAULTS,
            Mode.HINDSIGHT,
            Map.of(
                "accuracy",
                new PerformanceCriterion.OfMetric(
                    Metric.ACCURACY, new CriterionSpec.Threshold(0.5))),
            warms ? Optional.of(warmUp(unjudged, warmUp.required("policy"))) : Optional.empty());
    return fired(trigger, batches);
  }

  /**
   * Blocks that come with as much regret as the case says: at a block's end all its samples have
   * just come, and it lasts as long as those that wait need to suffer the difference.
   */
  private static Object latencyCost(JsonNode given) {
    long interval = given.required("interval").asLong();
    JsonNode regrets = given.required("regrets");
    List<List<Sample>> batches = new ArrayList<>();
    long sample = 0;
    for (JsonNode size : given.required("batches")) {
      List<Sample> batch = new ArrayList<>();
      for (int i = 0; i < size.asInt(); i++) {
        long block = sample / interval;
        boolean first = sample++ % interval == 0;
        // Of the block after a trigger the first sample itself waits for the others.
        boolean second = sample % interval == 2;
        long wait = 0;
        if (block == 1 && second) {
          wait = seconds(regrets.path(1));
        } else if (block > 1 && first) {
          wait =
              (seconds(regrets.path((int) block)) - seconds(regrets.path((int) block - 1)))
                  / ((block - 1) * interval);
        }
        batch.add(new Sample(0, /* wrong= */ false, wait));
      }
      batches.add(batch);
    }
    return fired(
        new CostTriggerSpec.IncorporationLatency(
            interval, given.required("conversion").asDouble(), 1000, Optional.empty()),
        batches);
  }

  private static long seconds(JsonNode value) {
    return Math.round(1000 * value.asDouble());
  }

  /** Without a training to learn from, any regret is too much. */
  private static Object latencyWarmUp(JsonNode given) {
    JsonNode warmUp = given.required("warmup");
    List<List<Sample>> batches = new ArrayList<>();
    for (JsonNode size : given.required("batches")) {
      batches.add(samples(size.asInt()));
    }
    return fired(
        new CostTriggerSpec.IncorporationLatency(
            given.required("interval").asLong(),
            given.required("regret").asDouble(),
            1000,
            Optional.of(warmUp(warmUp.required("intervals").asLong(), warmUp.required("policy")))),
        batches);
  }

  /**
   * A sample.
   *
   * @param wrong whether the model is
   * @param afterMillis time since the sample before
   */
  private record Sample(int label, boolean wrong, long afterMillis) {}

  private static List<Sample> samples(int count) {
    Sample[] samples = new Sample[count];
    Arrays.fill(samples, new Sample(0, /* wrong= */ false, STEP_MILLIS));
    return List.of(samples);
  }

  /** Index in its call of the sample before each boundary that fires; a model follows each. */
  private static List<List<Long>> fired(TriggerSpec trigger, List<List<Sample>> calls) {
    Timeline timeline = new Timeline(1, 0);
    TriggerLedger ledger =
        new TriggerLedger(
            trigger,
            new SelectionSpec.NewData(Optional.of(0), Optional.empty()),
            new TriggerContext(DATASET, 0, 0, Embedder.NONE));
    List<List<Long>> fired = new ArrayList<>();
    long offset = 0;
    long time = 0;
    boolean[] trained = {false};
    for (List<Sample> call : calls) {
      long start = offset;
      List<Long> ofCall = new ArrayList<>();
      for (Sample sample : call) {
        time += sample.afterMillis;
        timeline.add(
            SampleBlock.dense(0, offset++, new long[] {time}, time)
                .with(new Observation[] {observation(sample, trained[0])}));
        Run run = timeline.releasable();
        ledger.advance(
            run,
            entry -> {
              if (entry.answer().outcome() == Outcome.FIRED) {
                ofCall.add(entry.boundary()[0] - 1 - start);
                trained[0] = true;
              }
            });
        timeline.release(run);
      }
      fired.add(ofCall);
    }
    return fired;
  }

  private static Observation observation(Sample sample, boolean trained) {
    int predicted = sample.wrong ? 1 - sample.label : sample.label;
    Feedback feedback =
        trained
            ? new Feedback(1, MODEL, predicted, sample.wrong ? 1 : 0, sample.wrong ? 1 : 0)
            : Feedback.NONE;
    return new Observation(sample.label, new byte[0], List.of(feedback));
  }
}
