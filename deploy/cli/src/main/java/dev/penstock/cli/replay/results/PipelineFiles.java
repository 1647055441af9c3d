package dev.penstock.cli.replay.results;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.schemas.Decision;
import dev.penstock.schemas.Evaluation;
import dev.penstock.schemas.ModelStatus;
import dev.penstock.schemas.ModelVersion;
import dev.penstock.schemas.Outcome;
import dev.penstock.schemas.TrainingTask;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Writes a pipeline's messages, which come in their order, as JSON lines, and adds them up. */
public final class PipelineFiles implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Of a model version: what is another in every run. */
  private static final List<String> CLOCK = List.of("startedAt", "finishedAt", "worker", "card");

  private final String pipeline;
  private final BufferedWriter decisionFile;
  private final BufferedWriter taskFile;
  private final BufferedWriter versionFile;
  private final BufferedWriter evaluationFile;
  private final BufferedWriter timingFile;
  private final CompositeScore score = new CompositeScore();
  private long decisions;
  private long fired;
  private long trainings;
  private long failed;
  private long trainedSamples;
  private long slices;
  private double trainingSeconds;

  PipelineFiles(RunFolder folder, String pipeline) throws IOException {
    this.pipeline = pipeline;
    Path results = folder.pipeline(pipeline);
    decisionFile = open(results.resolve("decisions.jsonl"));
    taskFile = open(results.resolve("tasks.jsonl"));
    versionFile = open(results.resolve("model-versions.jsonl"));
    evaluationFile = open(results.resolve("evaluations.jsonl"));
    timingFile = open(folder.timing().resolve(pipeline + ".jsonl"));
  }

  private static BufferedWriter open(Path file) throws IOException {
    Files.createDirectories(file.getParent());
    return Files.newBufferedWriter(file, UTF_8);
  }

  void add(Decision decision) {
    decisions++;
    if (decision.getOutcome() == Outcome.FIRED) {
      fired++;
    }
    write(decisionFile, RecordJson.of(decision));
  }

  void add(TrainingTask task) {
    write(taskFile, RecordJson.of(task));
  }

  void add(ModelVersion version) {
    if (version.getStatus() == ModelStatus.TRAINED) {
      trainings++;
      trainedSamples += version.getTrainedSamples();
    } else {
      failed++;
    }
    trainingSeconds += (version.getFinishedAt() - version.getStartedAt()) / 1e3;
    ObjectNode all = RecordJson.of(version);
    ObjectNode timing = JSON.createObjectNode().put("id", version.getId());
    CLOCK.forEach(field -> timing.set(field, all.remove(field)));
    ObjectNode metrics = all.withObject("/metrics");
    List<String> names = new ArrayList<>();
    metrics.fieldNames().forEachRemaining(names::add);
    names.stream()
        .filter(PipelineFiles::isOfTheClock)
        .forEach(metric -> timing.set(metric, metrics.remove(metric)));
    write(versionFile, all);
    write(timingFile, timing);
  }

  /** By its name: what is measured in seconds, and what depends on when a training was ended. */
  private static boolean isOfTheClock(String metric) {
    return metric.endsWith("Seconds")
        || metric.endsWith("PerSecond")
        || metric.equals("resumedSteps");
  }

  /** A run that was ended while it was evaluated has the first slices twice. */
  void add(Evaluation evaluation) {
    if (evaluation.getSlice() == slices) {
      slices++;
      score.add(evaluation);
      write(evaluationFile, RecordJson.of(evaluation));
    }
  }

  private static void write(BufferedWriter file, ObjectNode line) {
    try {
      file.write(JSON.writeValueAsString(line));
      file.write('\n');
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  double trainingSeconds() {
    return trainingSeconds;
  }

  PipelineResult result(Incorporation incorporation) {
    return new PipelineResult(
        pipeline,
        decisions,
        fired,
        trainings,
        failed,
        trainedSamples,
        score.scored(),
        score.values(),
        incorporation.included(pipeline),
        incorporation.meanSeconds(pipeline));
  }

  @Override
  public void close() throws IOException {
    for (BufferedWriter file :
        List.of(decisionFile, taskFile, versionFile, evaluationFile, timingFile)) {
      file.close();
    }
  }
}
