package dev.penstock.cli.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.penstock.broker.EmbeddedBroker;
import dev.penstock.cli.bench.trigger.DetectorTimes;
import dev.penstock.cli.bench.trigger.MetricTimes;
import dev.penstock.core.benchmark.BenchmarkReport;
import dev.penstock.core.benchmark.Goal;
import dev.penstock.core.benchmark.Measure;
import dev.penstock.jobs.benchmark.PipelinesBenchmark;
import dev.penstock.jobs.benchmark.ScanOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.commons.io.FileUtils;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What triggers cost. */
@Command(
    name = "triggers",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "What triggers cost: a sample in each detector, beside adding its bit to a counter;"
          + " a check of each drift metric, the first against a reference and the next ones;"
          + " maximum mean discrepancy over its matrix formula on DJL's arrays, one thread; and"
          + " samples a second of the training job with a drift pipeline over a no-op job, and"
          + " with several data-amount pipelines over one.",
      "Only the parts of the matrix formula and of the pipelines have goals."
    })
final class TriggersBenchCommand implements Callable<Integer> {

  /** Of milliseconds each, too few rounds would time the compiler. */
  private static final int SHORT_WARM_UPS = 10;

  @Mixin private final ReportOptions report = new ReportOptions();

  /** What is measured. */
  enum Part {
    detectors,
    metrics,
    mmd,
    scan
  }

  @Option(
      names = "--part",
      split = ",",
      description = "of ${COMPLETION-CANDIDATES}, several with commas (default: all)")
  @SuppressWarnings("FieldCanBeFinal") // set by the command line parser
  private Set<Part> parts = EnumSet.allOf(Part.class);

  @Option(
      names = "--errors",
      defaultValue = "1000000",
      description = "detectors: bits of a run (default: ${DEFAULT-VALUE})")
  private int errors;

  @Option(
      names = "--rows",
      defaultValue = "1000",
      description = "metrics, mmd: of each sample (default: ${DEFAULT-VALUE})")
  private int rows;

  @Option(
      names = "--features",
      split = ",",
      defaultValue = "16,128,512",
      description = "metrics, mmd: of a row (default: ${DEFAULT-VALUE})")
  @SuppressWarnings("FieldCanBeFinal") // set by the command line parser
  private List<Integer> features = new ArrayList<>();

  @Option(
      names = "--samples",
      defaultValue = "4000000",
      description = "scan: of 100 bytes (default: ${DEFAULT-VALUE})")
  private long samples;

  @Option(
      names = "--pipelines",
      split = ",",
      defaultValue = "10,100",
      description = "scan: how many are compared with one (default: ${DEFAULT-VALUE})")
  @SuppressWarnings("FieldCanBeFinal") // set by the command line parser
  private List<Integer> pipelines = new ArrayList<>();

  @Option(
      names = "--partitions",
      defaultValue = "4",
      description = "scan: default: ${DEFAULT-VALUE}")
  private int partitions;

  @Option(
      names = "--warm-ups",
      defaultValue = "2",
      description =
          "scan: rounds before the first that counts (default: ${DEFAULT-VALUE}; others: 10)")
  private int warmUps;

  @Option(names = "--rounds", defaultValue = "5", description = "default: ${DEFAULT-VALUE}")
  private int rounds;

  @Override
  public Integer call() throws IOException, ExecutionException, InterruptedException {
    List<Measure> measures = new ArrayList<>();
    if (parts.contains(Part.detectors)) {
      measures.addAll(DetectorTimes.measure(errors, SHORT_WARM_UPS, rounds));
    }
    if (parts.contains(Part.metrics)) {
      for (int width : features) {
        measures.addAll(MetricTimes.measure(rows, width, SHORT_WARM_UPS, rounds));
      }
    }
    Path directory = Files.createTempDirectory("penstock-bench");
    try {
      if (parts.contains(Part.mmd)) {
        measures.addAll(mmd(directory));
      }
      if (parts.contains(Part.scan)) {
        measures.addAll(scan(directory));
      }
    } finally {
      FileUtils.deleteDirectory(directory.toFile());
    }
    return report.print(new BenchmarkReport(measures));
  }

  private List<Measure> mmd(Path directory) throws IOException, InterruptedException {
    Process process =
        new EngineProcess("MmdBenchmarkMain", directory, "2g")
            .args("--rows", String.valueOf(rows))
            .args(
                "--features",
                features.stream().map(String::valueOf).collect(Collectors.joining(",")))
            .args("--warm-ups", String.valueOf(SHORT_WARM_UPS), "--rounds", String.valueOf(rounds))
            .builder()
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String printed = new String(process.getInputStream().readAllBytes(), UTF_8);
    int exit = process.waitFor();
    List<String> lines = printed.lines().filter(line -> line.startsWith("{")).toList();
    if (lines.isEmpty()) {
      throw new IllegalStateException(
          "Benchmark of mmd must print a report, got exit code " + exit + " and " + printed);
    }
    return measures(new ObjectMapper().readTree(lines.get(lines.size() - 1)));
  }

  /** Reads a report whose goals, if any, are upper limits. */
  private static List<Measure> measures(JsonNode json) {
    List<Measure> measures = new ArrayList<>();
    for (JsonNode measure : json.get("measures")) {
      List<Double> runs = new ArrayList<>();
      measure.get("runs").forEach(run -> runs.add(run.asDouble()));
      String name = measure.get("name").asText();
      String unit = measure.get("unit").asText();
      JsonNode goal = measure.get("goal");
      measures.add(
          goal.isNull()
              ? Measure.informative(name, unit, runs)
              : Measure.of(name, unit, Goal.atMost(goal.asDouble()), runs));
    }
    return measures;
  }

  private List<Measure> scan(Path directory)
      throws IOException, ExecutionException, InterruptedException {
    try (EmbeddedBroker broker = EmbeddedBroker.start()) {
      ScanOptions options =
          new ScanOptions(
              broker.settings(),
              directory,
              samples,
              partitions,
              /* parallelism= */ 1,
              warmUps,
              rounds);
      return PipelinesBenchmark.run(options, pipelines).measures();
    }
  }
}
