package dev.penstock.cli.ledger.chain;

import dev.penstock.cli.text.Figures;
import dev.penstock.cli.text.Style;
import dev.penstock.schemas.ArtifactRef;
import dev.penstock.schemas.Decision;
import dev.penstock.schemas.ModelVersion;
import dev.penstock.schemas.Outcome;
import dev.penstock.schemas.PartitionOffset;
import dev.penstock.schemas.TrainingTask;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A chain in sentences, each link under its heading. */
public final class ChainText {

  private static final int DIGEST_DIGITS = 12;

  private final Chain chain;
  private final Decision decision;
  private final Headed text = new Headed();

  private ChainText(Chain chain) {
    this.chain = chain;
    this.decision = chain.decision().message();
  }

  /** The lines. */
  public static List<String> of(Chain chain, Style style) {
    ChainText text = new ChainText(chain);
    List<String> lines = new ArrayList<>(List.of(text.title(style)));
    text.write();
    lines.addAll(text.text.lines());
    return lines;
  }

  private String title(Style style) {
    boolean fired = decision.getOutcome() == Outcome.FIRED;
    String outcome = decision.getOutcome().name();
    return "Pipeline %s, decision %d: %s"
        .formatted(
            decision.getPipeline(),
            decision.getNumber(),
            fired
                ? style.markedUp("@|bold,green %s|@", outcome)
                    + ", trigger "
                    + Figures.count(decision.getTriggerNumber())
                : outcome);
  }

  private void write() {
    text.add("When", when());
    text.add("Measured", measured());
    text.add("Before", before());
    text.add("Limits", Guards.sentence(decision));
    switch (chain.state()) {
      case HELD -> text.add("Then", "Held: nothing was trained.");
      case NOTHING_TO_TRAIN ->
          text.add(
              "Then",
              decision.getWindowSamples() > 0
                  ? "No new sample since the trigger before: nothing was trained."
                  : "No sample in the window: nothing was trained.");
      case SELECTING -> {
        text.add("Window", window());
        text.add("Task", "Not there yet: the job selects its samples, or does not run.");
      }
      default -> {
        text.add("Window", window());
        text.add("Task", task());
        text.add("Model", model());
      }
    }
    if (chain.state() == Chain.State.TRAINED) {
      text.add("After", Slices.sentence(chain));
    }
    text.add("Ledger", ledger());
  }

  private String when() {
    String absent =
        decision.getAbsentPartitions().isEmpty()
            ? ""
            : " Without partitions "
                + decision.getAbsentPartitions().stream()
                    .map(String::valueOf)
                    .collect(Collectors.joining(", "))
                + ", which had been quiet for too long.";
    return "Slice time %s, decided at %s by the clock. Boundary: %s.%s"
        .formatted(
            Figures.time(decision.getSliceTime()),
            Figures.time(chain.decision().at()),
            boundary(),
            absent);
  }

  private String boundary() {
    return byPartition(end -> "up to offset " + Figures.count(end.getOffset()));
  }

  /** What is said of every partition up to the boundary; once, if it is the same of all. */
  private String byPartition(Function<PartitionOffset, String> words) {
    List<PartitionOffset> ends = decision.getBoundary();
    List<String> distinct = ends.stream().map(words).distinct().toList();
    if (ends.size() > 1 && distinct.size() == 1) {
      return distinct.get(0) + " in each of " + ends.size() + " partitions";
    }
    return ends.stream()
        .map(end -> words.apply(end) + " in partition " + end.getPartition())
        .collect(Collectors.joining(", "));
  }

  private String measured() {
    String model = decision.getModelVersion();
    return "Policy %s measured %s, on %s since %s; it looked at %s. In its words: %s."
        .formatted(
            decision.getPolicy(),
            Scores.sentence(decision.getScores()),
            Figures.count(decision.getEvidence(), "sample"),
            decision.getNumber() == 1
                ? "the start of the stream"
                : "decision " + (decision.getNumber() - 1),
            model == null ? "no model" : "model " + model,
            decision.getReason());
  }

  private String before() {
    Holds holds = chain.holds();
    Decision previous = chain.previousFired();
    if (decision.getNumber() == 1) {
      return "It was the first decision.";
    }
    String since = previous == null ? "the start" : "decision " + previous.getNumber() + " fired";
    if (holds.count() == 0) {
      return "Nothing was held since " + since + ".";
    }
    String guards =
        holds.byGuard().entrySet().stream()
            .map(entry -> ", " + Figures.count(entry.getValue()) + " of them by " + entry.getKey())
            .collect(Collectors.joining());
    String closest =
        holds
            .closest()
            .map(
                near -> "; closest: " + Scores.of(near.score()) + " in decision " + near.decision())
            .orElse("");
    return "Held "
        + Figures.count(holds.count(), "time")
        + " since "
        + since
        + guards
        + closest
        + ".";
  }

  private String window() {
    Map<Integer, Long> starts = new TreeMap<>();
    decision.getWindowStart().forEach(o -> starts.put(o.getPartition(), o.getOffset()));
    String ranges =
        byPartition(end -> range(starts.getOrDefault(end.getPartition(), 0L), end.getOffset()));
    OptionalLong selected = chain.selected();
    String taken =
        selected.isEmpty()
            ? ""
            : " Selected: "
                + Figures.count(selected.getAsLong())
                + " of them ("
                + Figures.number(100.0 * selected.getAsLong() / decision.getWindowSamples())
                + " %).";
    return Figures.count(decision.getWindowSamples(), "sample") + ": " + ranges + "." + taken;
  }

  private static String range(long start, long end) {
    return end == start
        ? "none"
        : "offsets " + Figures.count(start) + " to " + Figures.count(end - 1);
  }

  private String task() {
    TrainingTask task = chain.task();
    if (task == null) {
      return "Its message is no longer in the topic.";
    }
    String stored =
        task.getTrainingSet() instanceof ArtifactRef set
            ? "training set in " + set.getUri() + " with SHA-256 "
            : "training set with digest ";
    return "%s: seed %d, %s, %s%s."
        .formatted(
            task.getId(),
            task.getSeed(),
            task.getParent() == null
                ? "the pipeline's first task"
                : "next after task " + task.getParent(),
            stored,
            shortened(chain.digest().orElse("")));
  }

  private String model() {
    ModelVersion version = chain.version();
    if (version == null) {
      return chain.state() == Chain.State.QUEUED
          ? "Not there yet: the task is queued behind others of the pipeline, whose newest version"
              + " is "
              + id(chain.newest())
              + "."
          : "Not there yet: the task is in training, or waits for a worker.";
    }
    String took = Figures.duration(version.getFinishedAt() - version.getStartedAt());
    if (chain.state() == Chain.State.FAILED) {
      return "%s failed after %s on %s, %s after the decision: %s."
          .formatted(version.getId(), took, version.getWorker(), toModel(), reason(version));
    }
    ArtifactRef weights = version.getWeights();
    return "%s was trained %s on %s in %s by %s, and there %s after the decision. Metrics: %s. Weights: %s."
        .formatted(
            version.getId(),
            version.getParent() == null ? "from scratch" : "from " + version.getParent(),
            Figures.count(version.getTrainedSamples(), "sample"),
            took,
            version.getWorker(),
            toModel(),
            metrics(version.getMetrics()),
            weights == null
                ? "none"
                : weights.getUri() + " (" + Figures.count(weights.getSize(), "byte") + ")");
  }

  private static String id(@Nullable ModelVersion version) {
    return version == null ? "none" : version.getId();
  }

  private static String reason(ModelVersion version) {
    String reason = version.getReason();
    return reason == null ? "no reason given" : reason;
  }

  private String toModel() {
    return Figures.duration(chain.millisToModel().orElse(0));
  }

  private static String metrics(Map<String, Double> metrics) {
    return metrics.isEmpty()
        ? "none"
        : new TreeMap<>(metrics)
            .entrySet().stream()
                .map(entry -> entry.getKey() + " " + Figures.number(entry.getValue()))
                .collect(Collectors.joining(", "));
  }

  private static String shortened(String digest) {
    return digest.substring(0, Math.min(DIGEST_DIGITS, digest.length()));
  }

  private String ledger() {
    long fired = decision.getTriggerNumber();
    return "%s so far: %s fired, %s held. `penstock decisions --summary %s` compares."
        .formatted(
            Figures.count(decision.getNumber(), "decision"),
            Figures.count(fired),
            Figures.count(decision.getNumber() - fired),
            decision.getPipeline());
  }
}
