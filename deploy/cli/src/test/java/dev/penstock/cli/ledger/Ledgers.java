package dev.penstock.cli.ledger;

import dev.penstock.schemas.ArtifactRef;
import dev.penstock.schemas.Decision;
import dev.penstock.schemas.Evaluation;
import dev.penstock.schemas.ModelStatus;
import dev.penstock.schemas.ModelVersion;
import dev.penstock.schemas.Outcome;
import dev.penstock.schemas.PartitionOffset;
import dev.penstock.schemas.Score;
import dev.penstock.schemas.TrainingSet;
import dev.penstock.schemas.TrainingTask;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Messages of a stream with two partitions, a sample a second, and 100 samples an evaluation. */
public final class Ledgers {

  public static final long START = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();

  /** Wall clock of the first decision; the next ones follow every 10 s. */
  private static final long CLOCK = Instant.parse("2026-02-01T12:00:00Z").toEpochMilli();

  private static final long EVIDENCE = 100;

  private Ledgers() {}

  public static long clock(long number) {
    return CLOCK + 10_000 * number;
  }

  public static Decision held(String pipeline, long number, long triggers, double score) {
    return decision(pipeline, number, triggers, Outcome.HELD, "no drift", score).build();
  }

  /** A policy that fired, while its limit held. */
  public static Decision cooledDown(String pipeline, long number, long triggers) {
    Decision.Builder builder =
        decision(
            pipeline,
            number,
            triggers,
            Outcome.HELD,
            "PT1M40S since the last trigger, cool-down PT5M; without it: drift",
            0.06);
    List<Score> scores = new ArrayList<>(builder.getScores());
    scores.add(new Score("coolDownMillis", 100_000.0, 300_000.0));
    return builder.setScores(scores).build();
  }

  /** A trigger whose window is the last 1,200 samples, or what there is. */
  public static Decision fired(String pipeline, long number, long triggers) {
    long seen = EVIDENCE * number;
    long window = Math.min(1_200, seen);
    return decision(pipeline, number, triggers, Outcome.FIRED, "drift", 0.0712345)
        .setWindowStart(offsets(seen - window))
        .setWindowSamples(window)
        .setModelVersion(triggers == 1 ? null : pipeline + "-1")
        .build();
  }

  private static Decision.Builder decision(
      String pipeline, long number, long triggers, Outcome outcome, String reason, double score) {
    return Decision.newBuilder()
        .setPipeline(pipeline)
        .setNumber(number)
        .setOutcome(outcome)
        .setTriggerNumber(triggers)
        .setPolicy("data-drift")
        .setReason(reason)
        .setScores(List.of(new Score("mmd", score, 0.05)))
        .setEvidence(EVIDENCE)
        .setSliceTime(START + 1_000 * EVIDENCE * number)
        .setBoundary(offsets(EVIDENCE * number))
        .setWindowStart(List.of())
        .setWindowSamples(0)
        .setAbsentPartitions(List.of());
  }

  private static List<PartitionOffset> offsets(long samples) {
    return List.of(
        new PartitionOffset(0, samples / 2), new PartitionOffset(1, samples - samples / 2));
  }

  public static TrainingTask task(Decision fired, @Nullable String parent, long samples) {
    return TrainingTask.newBuilder()
        .setId(fired.getPipeline() + "-" + fired.getNumber())
        .setPipeline(fired.getPipeline())
        .setDecisionNumber(fired.getNumber())
        .setTriggerNumber(fired.getTriggerNumber())
        .setDataset("{}")
        .setTraining("{}")
        .setTrainingSet(
            TrainingSet.newBuilder()
                .setPartitions(List.of())
                .setSamples(samples)
                .setDigest("0123456789abcdef".repeat(4))
                .build())
        .setSliceTime(fired.getSliceTime())
        .setBoundary(fired.getBoundary())
        .setParent(parent)
        .setSeed(42)
        .build();
  }

  public static ModelVersion trained(TrainingTask task, @Nullable String parent) {
    return version(task)
        .setStatus(ModelStatus.TRAINED)
        .setWeights(new ArtifactRef("file:///artifacts/ab/abcd", "abcd", 2_468L))
        .setParent(parent)
        .setTrainedSamples(1_000)
        .setMetrics(Map.of("loss", 0.123456, "samplesPerSecond", 12_345.6))
        .build();
  }

  public static ModelVersion failed(TrainingTask task) {
    return version(task)
        .setStatus(ModelStatus.FAILED)
        .setReason("loss must be finite, got NaN in epoch 2")
        .setTrainedSamples(0)
        .setMetrics(Map.of())
        .build();
  }

  private static ModelVersion.Builder version(TrainingTask task) {
    long start = clock(task.getDecisionNumber()) + 1_700;
    return ModelVersion.newBuilder()
        .setId(task.getId())
        .setPipeline(task.getPipeline())
        .setDecisionNumber(task.getDecisionNumber())
        .setTriggerNumber(task.getTriggerNumber())
        .setTrainingSetDigest("0123456789abcdef".repeat(4))
        .setSliceTime(task.getSliceTime())
        .setBoundary(task.getBoundary())
        .setSeed(task.getSeed())
        .setStartedAt(start)
        .setFinishedAt(start + 2_340)
        .setWorker("worker-1");
  }

  public static Evaluation slice(
      String pipeline, long slice, Map<String, Long> models, double accuracy) {
    return Evaluation.newBuilder()
        .setPipeline(pipeline)
        .setSlice(slice)
        .setFrom(START + 1_000 * EVIDENCE * slice + 1_000)
        .setTo(START + 1_000 * EVIDENCE * (slice + 1))
        .setSamples(EVIDENCE)
        .setScored(EVIDENCE)
        .setModels(models)
        .setMetrics(Map.of("accuracy", accuracy, "logLoss", 0.3))
        .build();
  }
}
