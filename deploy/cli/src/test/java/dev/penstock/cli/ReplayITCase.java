package dev.penstock.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.penstock.cli.cluster.ClusterState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A replay through a real broker, Flink and a worker, and the same one killed on the way. */
final class ReplayITCase {

  private static final int SAMPLES = 900;
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  /** As many partitions as make samples of one time stand in another order than in the file. */
  private static final String PARTITIONS = "3";

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path directory;

  @Test
  void resultsDependNeitherOnAKillNorOnThePipelinesBeside() throws IOException {
    Path dataset = record();
    Path amount =
        pipeline(
            "amount",
            "{type: data-amount, num-samples: 450, min-samples: 100, max-samples: 400}",
            "last");
    Path time = pipeline("time", "{type: time, every: 100s, min-samples: 90}", "random");
    Path counted =
        pipeline("counted", "{type: every-n, n: 4, evaluation-interval-data-points: 70}", "random");

    Path drift =
        pipeline(
            "drift",
            """
            {type: data-drift, evaluation-interval-data-points: 60,
              windowing-strategy: {type: amount, amount-ref: 180, amount-cur: 120},
              metrics: {mmd: {type: mmd, decision-criterion: {type: dynamic-quantile}}},
              warmup-intervals: 4, warmup-policy: {type: data-amount, num-samples: 120}}\
            """,
            "random");
    Path wrong =
        pipeline(
            "wrong",
            """
            {type: ensemble, in-flight: wait, ensemble-strategy: {type: any}, subtriggers: {
              errors: {type: detector, evaluation-interval-data-points: 45,
                detector: {type: hddm-a}},
              level: {type: performance, evaluation-interval-data-points: 90,
                decision-criteria: {accuracy: {type: threshold, metric-threshold: 0.7}}}}}\
            """,
            "last");

    String printed = replay("calm", dataset, amount, time, counted, drift, wrong);

    assertThat(printed)
        .containsPattern("(?m)^amount +500 +0\\.[0-9]{4}")
        .contains("900 samples of ties in ");
    Map<String, String> calm = results("calm");
    assertThat(lines(calm, "amount/decisions.jsonl")).hasSize(4);
    assertThat(lines(calm, "counted/decisions.jsonl")).hasSize(SAMPLES / 70);
    assertThat(calm.get("time/decisions.jsonl")).contains("HELD").contains("FIRED");
    assertThat(lines(calm, "counted/model-versions.jsonl")).hasSize(3);
    assertThat(calm.get("drift/decisions.jsonl"))
        .contains("\"mmd\"")
        .contains("\"modelVersion\":\"drift-1\"");
    assertThat(calm.get("wrong/decisions.jsonl")).contains("errors holds").contains("level fires");

    kill("killed", dataset, counted, drift, wrong);
    resume("killed");

    Map<String, String> killed = results("killed");
    assertThat(killed).hasSize(3 * 5);
    killed.forEach((file, text) -> assertThat(text).as(file).isEqualTo(calm.get(file)));
    assertThat(ProcessHandle.current().descendants()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          minutes | {type: real, thresholds: [30]} | 630
          kind | {type: classes, names: [walk, bus, taxi, lost], to: {walk: short, bus: short, \
          taxi: long}} | 540
          """)
  void learnsClassesThatAreMadeOfWhatWasRecorded(String column, String from, int scored)
      throws IOException {
    Path dataset = recordTrips(column, from);
    Path balanced =
        Files.writeString(
            directory.resolve("balanced.yaml"),
            """
            kind: pipeline
            name: balanced
            dataset: trips
            trigger: {type: data-amount, num-samples: 270}
            selection: {type: label-balanced, tail-triggers: all, limit: {samples: 120}}
            training:
              model: {type: mlp, hidden: [8]}
              epochs-per-trigger: 30
              batch-size: 16
              optimizer: {type: adam, learning-rate: 0.01}
            evaluation: {slice: {samples: 270}}
            """);

    // Of those that have a class, all but the 270 before the first model.
    assertThat(replay("trips", dataset, balanced)).containsPattern("(?m)^balanced +" + scored);

    Map<String, String> results = results("trips");
    assertThat(lines(results, "balanced/model-versions.jsonl")).hasSize(3);
    for (String slice : lines(results, "balanced/evaluations.jsonl").subList(1, 3)) {
      JsonNode metrics = JSON.readTree(slice).path("metrics");
      assertThat(metrics.path("accuracy").asDouble()).isGreaterThan(0.9);
      assertThat(metrics.path("majorityAccuracy").asDouble()).isBetween(0.6, 0.75);
    }
  }

  /** Trips of which two thirds are short: less than 30 minutes. Every tenth is of no known kind. */
  private Path recordTrips(String column, String from) throws IOException {
    SplittableRandom random = new SplittableRandom(7);
    StringBuilder csv = new StringBuilder("x,y,minutes,kind\n");
    for (int i = 0; i < SAMPLES; i++) {
      double x = random.nextDouble();
      double minutes = 45 * x;
      String kind = minutes >= 30 ? "taxi" : minutes >= 10 ? "bus" : "walk";
      csv.append(x).append(',').append(random.nextDouble()).append(',').append(minutes);
      csv.append(',').append(i % 10 == 0 ? "lost" : kind).append('\n');
    }
    Files.writeString(directory.resolve("trips.csv"), csv);
    return Files.writeString(
        directory.resolve("trips.yaml"),
        """
        kind: dataset
        name: trips
        label: {type: classes, names: [short, long], from: %s}
        source:
          files: [trips.csv]
          format: {type: csv, label: %s, drop: [%s]}
        """
            .formatted(from, column, column.equals("kind") ? "minutes" : "kind"));
  }

  private static List<String> lines(Map<String, String> results, String file) {
    return results.getOrDefault(file, "").lines().toList();
  }

  /** Samples of which several have the same time, with steps back and a gap. */
  private Path record() throws IOException {
    SplittableRandom random = new SplittableRandom(7);
    StringBuilder csv = new StringBuilder("time,x,y,label\n");
    for (int i = 0; i < SAMPLES; i++) {
      long time = i / 4 * 1000L + (i > SAMPLES / 2 ? 250_000 : 0) - (i % 50 == 0 ? 3000 : 0);
      double x = random.nextDouble();
      double y = random.nextDouble();
      String label = x + (i < SAMPLES / 2 ? y : -y) > 0.5 ? "in" : "out";
      csv.append(1_000_000_000_000L + time).append(',').append(x).append(',').append(y);
      csv.append(',').append(label).append('\n');
    }
    Files.writeString(directory.resolve("ties.csv"), csv);
    return Files.writeString(
        directory.resolve("ties.yaml"),
        """
        kind: dataset
        name: ties
        contract: {max-ahead: 1h, idle-after: 1s}
        source:
          files: [ties.csv]
          format: {type: csv, label: label}
          time: {type: columns, columns: [time], pattern: epoch-millis}
        """);
  }

  private Path pipeline(String name, String trigger, String keep) throws IOException {
    return Files.writeString(
        directory.resolve(name + ".yaml"),
        """
        kind: pipeline
        name: %s
        dataset: ties
        trigger: %s
        selection: {type: new-data, tail-triggers: 1, limit: {samples: 200, keep: %s}}
        training: {model: {type: mlp, hidden: [8]}, use-previous-model: true}
        evaluation: {slice: {samples: 70}}
        """
            .formatted(name, trigger, keep));
  }

  private List<String> arguments(String id, Path dataset, Path... pipelines) {
    List<String> args = new ArrayList<>();
    args.addAll(List.of("replay", "--dataset", dataset.toString(), "--pipeline"));
    Stream.of(pipelines).map(Path::toString).forEach(args::add);
    args.addAll(List.of("--out", runs().toString(), "--run-id", id, "--partitions", PARTITIONS));
    return args;
  }

  private Path runs() {
    return directory.resolve("runs");
  }

  private String replay(String id, Path dataset, Path... pipelines) {
    return penstock(arguments(id, dataset, pipelines));
  }

  private void resume(String id) throws IOException {
    List<ClusterState.Member> orphans =
        ClusterState.load(runs().resolve(id).resolve("work")).orElseThrow().alive();
    assertThat(orphans).isNotEmpty();

    penstock(List.of("replay", "--resume", id, "--out", runs().toString()));

    assertThat(orphans).allSatisfy(orphan -> assertThat(orphan.handle()).isEmpty());
  }

  private static String penstock(List<String> args) {
    Printed printed = Printed.by(args);
    assertThat(printed.exitCode()).as(printed.errors()).isZero();
    return printed.text();
  }

  /** Begins a replay in a process that is killed, broker and all, when a model has been trained. */
  private void kill(String id, Path dataset, Path... pipelines) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add("-Dpenstock.home=" + System.getProperty("penstock.home"));
    command.add(Penstock.class.getName());
    command.addAll(arguments(id, dataset, pipelines));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("killed.out").toFile())
            .start();
    Path artifacts = runs().resolve(id).resolve("work/artifacts");
    await().atMost(PATIENCE).until(() -> !process.isAlive() || hasFile(artifacts));
    assertThat(process.isAlive()).isTrue();
    process.destroyForcibly().onExit().join();
  }

  private static boolean hasFile(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return false;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files.anyMatch(Files::isRegularFile);
    }
  }

  /** Texts of the pipelines' files. */
  private Map<String, String> results(String id) throws IOException {
    Path folder = runs().resolve(id).resolve("pipelines");
    Map<String, String> texts = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      files
          .filter(Files::isRegularFile)
          .forEach(file -> texts.put(folder.relativize(file).toString(), text(file)));
    }
    return texts;
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
