package dev.penstock.cli.bench;

import dev.penstock.jobs.benchmark.selection.SelectionBenchmark;
import dev.penstock.jobs.benchmark.selection.SelectionOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.apache.commons.io.FileUtils;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What selections cost. */
@Command(
    name = "select",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "What every selection in the stream costs, by number of tracked samples: bytes of"
          + " state of each, bytes of an incremental checkpoint after 100,000 new samples, and"
          + " milliseconds from a fired decision over all history to its training task. Samples"
          + " are made up and have no payload; ten classes, as frequent as each other.",
      "The state of new-data, random and label-balanced has a goal."
    })
final class SelectBenchCommand implements Callable<Integer> {

  private static final int BAR = 20;

  @Mixin private final ReportOptions report = new ReportOptions();

  @Option(
      names = "--samples",
      split = ",",
      defaultValue = "1000000,10000000,100000000",
      description = "tracked samples, at least 100000 (default: ${DEFAULT-VALUE})")
  @SuppressWarnings("FieldCanBeFinal") // set by the command line parser
  private List<Long> samples = new ArrayList<>();

  @Option(
      names = "--selected",
      defaultValue = "10000",
      description = "samples of a training set (default: ${DEFAULT-VALUE})")
  private int selected;

  @Option(names = "--partitions", defaultValue = "4", description = "default: ${DEFAULT-VALUE}")
  private int partitions;

  @Option(
      names = "--rounds",
      defaultValue = "5",
      description = "checkpoints of new samples (default: ${DEFAULT-VALUE})")
  private int rounds;

  @Option(
      names = "--policy",
      paramLabel = "NAME",
      description = "such as label-balanced, may be repeated (default: all)")
  @SuppressWarnings("FieldCanBeFinal") // set by the command line parser
  private List<String> policies = new ArrayList<>();

  @Override
  public Integer call() throws IOException, ExecutionException, InterruptedException {
    Path directory = Files.createTempDirectory("penstock-bench");
    try {
      return report.print(
          SelectionBenchmark.run(
              new SelectionOptions(
                  directory,
                  policies,
                  samples,
                  selected,
                  partitions,
                  rounds,
                  SelectBenchCommand::show)));
    } finally {
      FileUtils.deleteDirectory(directory.toFile());
    }
  }

  private static void show(double done, String what) {
    int filled = (int) (BAR * done);
    System.err.printf(
        "\r[%s%s] %3.0f %% %-50s%s",
        "#".repeat(filled),
        ".".repeat(BAR - filled),
        100 * done,
        what,
        done < 1 ? "" : System.lineSeparator());
    System.err.flush();
  }
}
