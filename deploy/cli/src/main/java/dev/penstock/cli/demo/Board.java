package dev.penstock.cli.demo;

import dev.penstock.schemas.ArtifactRef;
import dev.penstock.schemas.Decision;
import dev.penstock.schemas.Evaluation;
import dev.penstock.schemas.ModelStatus;
import dev.penstock.schemas.ModelVersion;
import dev.penstock.schemas.TrainingSet;
import dev.penstock.schemas.TrainingTask;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Prints what happens, a line an event, and remembers it for the summary. */
final class Board implements Events.Listener {

  private final PrintStream out;
  private final long startNanos = System.nanoTime();
  private final List<Evaluation> evaluations = new ArrayList<>();
  private final Map<String, ModelVersion> versions = new HashMap<>();
  private double firstModelSeconds = Double.NaN;
  private int decisions;

  Board(PrintStream out) {
    this.out = out;
  }

  /** Prints a line with the time since the start. */
  synchronized void say(String format, Object... args) {
    out.printf(Locale.ROOT, "%6.1f s  %s%n", seconds(), String.format(Locale.ROOT, format, args));
  }

  double seconds() {
    return (System.nanoTime() - startNanos) / 1e9;
  }

  @Override
  public synchronized void decision(Decision decision) {
    decisions++;
    say(
        "decision   %s-%d %s: %s",
        decision.getPipeline(), decision.getNumber(), decision.getOutcome(), decision.getReason());
  }

  @Override
  public synchronized void task(TrainingTask task) {
    if (task.getTrainingSet() instanceof TrainingSet set) {
      say("task       %s: train on %,d samples", task.getId(), set.getSamples());
    } else if (task.getTrainingSet() instanceof ArtifactRef set) {
      say("task       %s: train on the samples in %s", task.getId(), set.getUri());
    }
  }

  @Override
  public synchronized void modelVersion(ModelVersion version) {
    versions.put(version.getId(), version);
    if (version.getStatus() == ModelStatus.TRAINED) {
      if (Double.isNaN(firstModelSeconds)) {
        firstModelSeconds = seconds();
      }
      say(
          "model      %s trained on %,d samples in %.1f s, loss %.4f",
          version.getId(),
          version.getTrainedSamples(),
          (version.getFinishedAt() - version.getStartedAt()) / 1e3,
          version.getMetrics().getOrDefault("loss", Double.NaN));
    } else {
      say("model      %s failed: %s", version.getId(), version.getReason());
    }
    notifyAll();
  }

  @Override
  public synchronized void evaluation(Evaluation evaluation) {
    evaluations.add(evaluation);
    say("slice %4d  %s  %s", evaluation.getSlice(), evaluation.getPipeline(), metrics(evaluation));
    notifyAll();
  }

  private static String metrics(Evaluation evaluation) {
    Map<String, Double> metrics = evaluation.getMetrics();
    if (metrics.isEmpty()) {
      return "no model yet";
    }
    if (metrics.containsKey("accuracy")) {
      return String.format(
          Locale.ROOT,
          "accuracy %.3f  macro-F1 %.3f  log loss %.3f  kappa-temporal %+.3f  (majority %.3f,"
              + " no-change %.3f)",
          metrics.get("accuracy"),
          metrics.get("macroF1"),
          metrics.get("logLoss"),
          metrics.get("kappaTemporal"),
          metrics.get("majorityAccuracy"),
          metrics.get("noChangeAccuracy"));
    }
    return String.format(
        Locale.ROOT,
        "rmse %.3f  mae %.3f  (mean %.3f, no-change %.3f)",
        metrics.get("rmse"),
        metrics.get("mae"),
        metrics.get("meanRmse"),
        metrics.get("noChangeRmse"));
  }

  /** Waits until so many labelled samples have been evaluated for a pipeline. */
  synchronized boolean awaitEvaluated(String pipeline, long samples, long timeoutMillis)
      throws InterruptedException {
    long deadline = System.currentTimeMillis() + timeoutMillis;
    while (evaluated(pipeline) < samples) {
      if (System.currentTimeMillis() > deadline) {
        return false;
      }
      wait(200);
    }
    return true;
  }

  private long evaluated(String pipeline) {
    return evaluations.stream()
        .filter(evaluation -> evaluation.getPipeline().equals(pipeline))
        .mapToLong(Evaluation::getSamples)
        .sum();
  }

  synchronized List<Evaluation> evaluations(String pipeline) {
    return evaluations.stream()
        .filter(evaluation -> evaluation.getPipeline().equals(pipeline))
        .toList();
  }

  synchronized long trained(String pipeline) {
    return versions.values().stream()
        .filter(version -> version.getPipeline().equals(pipeline))
        .filter(version -> version.getStatus() == ModelStatus.TRAINED)
        .count();
  }

  synchronized int decisions() {
    return decisions;
  }

  synchronized double firstModelSeconds() {
    return firstModelSeconds;
  }
}
