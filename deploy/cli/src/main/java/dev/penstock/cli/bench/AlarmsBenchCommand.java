package dev.penstock.cli.bench;

import dev.penstock.cli.bench.ReportOptions.Format;
import dev.penstock.cli.bench.alarm.AlarmBenchmark;
import dev.penstock.cli.bench.alarm.AlarmTable;
import dev.penstock.datagen.Progress;
import java.util.List;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.ProgressBar;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** False alarms under a budget. */
@Command(
    name = "alarms",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "False alarms of drift triggers with a budget of one in 10^6 samples, on streams"
            + " whose features (three Gaussian clusters) keep their law; then it changes once,"
            + " and the trigger has ten checks to find that. A check every 1,000 samples, of"
            + " 1,000 samples against the 2,000 before. A stream is within its budget that has"
            + " no more alarms than the millions of its samples and twice their root. Nothing"
            + " is timed: the same arguments print the same figures.")
final class AlarmsBenchCommand implements Callable<Integer> {

  @Mixin private final ReportOptions report = new ReportOptions();

  @Option(
      names = "--streams",
      defaultValue = "30",
      description = "number of streams (default: ${DEFAULT-VALUE})")
  private int streams;

  @Option(
      names = "--millions",
      defaultValue = "5",
      description = "of samples of each stream (default: ${DEFAULT-VALUE})")
  private int millions;

  @Option(
      names = "--metrics",
      split = ",",
      defaultValue = "ks,wasserstein,psi,energy,mmd",
      description = "types of drift metrics (default: ${DEFAULT-VALUE})")
  private List<String> metrics = List.of();

  @Override
  public Integer call() {
    try (ProgressBar bar = Progress.bar("Alarms", "samples", -1)) {
      AlarmBenchmark benchmark = new AlarmBenchmark(metrics, streams, millions, bar::stepBy);
      bar.maxHint(benchmark.samples());
      AlarmTable table = benchmark.run();
      bar.close();
      System.out.println(report.format() == Format.JSON ? table.toJson() : table.toText());
    }
    return 0;
  }
}
