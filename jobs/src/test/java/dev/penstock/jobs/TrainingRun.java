package dev.penstock.jobs;

import dev.penstock.broker.EmbeddedBroker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Runs of the job with pipelines of all kinds of triggers and selections.
 *
 * @param broker with the sample log
 * @param directory for specs, artifacts and checkpoints
 * @param label of the dataset
 */
record TrainingRun(EmbeddedBroker broker, Path directory, String label) {

  private static final String DATASET =
      """
      kind: dataset
      name: %s
      payload: {type: tensor, dtype: float32, shape: [2]}
      label: %s
      contract: {max-ahead: 1h}
      """;

  private static final List<String> PIPELINES =
      List.of(
          """
          kind: pipeline
          name: amount-random
          dataset: %s
          trigger: {type: data-amount, num-samples: 1000}
          selection: {type: new-data, tail-triggers: 0, limit: {samples: 100, keep: random}}
          training: {model: {type: mlp, hidden: [4]}}
          """,
          """
          kind: pipeline
          name: time-tail
          dataset: %s
          trigger: {type: time, every: 700ms}
          selection: {type: new-data, tail-triggers: 2}
          training: {model: {type: mlp, hidden: [4]}}
          """,
          """
          kind: pipeline
          name: amount-last
          dataset: %s
          trigger: {type: data-amount, num-samples: 2500}
          selection: {type: new-data, tail-triggers: all, limit: {samples: 3333, keep: last}}
          training: {model: {type: mlp, hidden: [4]}}
          """,
          selecting(
              "select-classes",
              "{type: label-balanced, tail-triggers: 2, limit: {samples: 200},"
                  + " weights: inverse-probability}"),
          selecting("select-passes", "{type: random-no-replacement, limit: {samples: 1500}}"),
          selecting(
              "select-fresh", "{type: freshness, unused-data-ratio: 70, limit: {samples: 200}}"),
          selecting("select-replay", "{type: class-balanced-replay, capacity: 200}"),
          selecting("select-decayed", "{type: recency-decayed, half-life: 500ms, samples: 200}"),
          selecting(
              "select-spans",
              "{type: time-balanced, every: 100ms, tail-triggers: all, limit: {samples: 200}}"),
          selecting(
              "select-schedule",
              "{type: schedule, phases: [{until-trigger: 2, selection: {type: new-data}},"
                  + " {until-trigger: 4, selection: {type: trigger-balanced, limit: {share: 10%}}},"
                  + " {selection: {type: reservoir, capacity: 200}}]}"));

  /** Of samples that are recorded with their classes. */
  TrainingRun(EmbeddedBroker broker, Path directory) {
    this(broker, directory, "{type: classes, names: [a, b]}");
  }

  /** Number of pipelines of a run. */
  static int pipelines() {
    return PIPELINES.size();
  }

  private static String selecting(String name, String selection) {
    return """
    kind: pipeline
    name: %s
    dataset: %%s
    trigger: {type: data-amount, num-samples: 1000}
    selection: %s
    training: {model: {type: mlp, hidden: [4]}}
    """
        .formatted(name, selection.replace("%", "%%"));
  }

  String[] arguments(String dataset, String prefix, int parallelism, String interval, String until)
      throws IOException {
    List<String> args = new ArrayList<>();
    args.addAll(List.of("--bootstrap-servers", broker.bootstrapServers()));
    args.addAll(List.of("--topic-prefix", prefix));
    args.addAll(List.of("--dataset", write("dataset.yaml", DATASET.formatted(dataset, label))));
    for (int i = 0; i < PIPELINES.size(); i++) {
      String text = PIPELINES.get(i).formatted(dataset);
      args.addAll(List.of("--pipeline", write("pipeline-" + i + ".yaml", text)));
    }
    args.addAll(List.of("--artifacts", directory.resolve("artifacts").toUri().toString()));
    args.addAll(
        List.of("--checkpoints", directory.resolve(prefix + "checkpoints").toUri().toString()));
    args.addAll(List.of("--checkpoint-interval", interval));
    args.addAll(List.of("--parallelism", String.valueOf(parallelism), "--until", until));
    return args.toArray(String[]::new);
  }

  /** Committed tasks in hex, in order, by pipeline. */
  Map<String, List<String>> tasks(String prefix) {
    Map<String, List<String>> byPipeline = new TreeMap<>();
    for (var record : TopicRecords.of(broker, prefix + "training-tasks")) {
      byPipeline
          .computeIfAbsent(
              new String(record.key(), StandardCharsets.UTF_8), key -> new ArrayList<>())
          .add(HexFormat.of().formatHex(record.value()));
    }
    return byPipeline;
  }

  private String write(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text).toString();
  }
}
