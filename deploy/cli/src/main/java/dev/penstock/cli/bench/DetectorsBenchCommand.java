package dev.penstock.cli.bench;

import dev.penstock.cli.bench.ReportOptions.Format;
import dev.penstock.cli.bench.detection.DetectionTables;
import dev.penstock.cli.bench.detection.DetectorBenchmark;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Detectors against each other. */
@Command(
    name = "detectors",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Delay, missed changes and false alarms of every detector, with its defaults, on"
          + " streams of errors whose changes are known: of a learner (Gaussian naive Bayes,"
          + " which starts anew at each alarm) on SEA, hyperplane and clusters, and of given"
          + " rates (bernoulli). Streams change after each quarter. A change that is not seen"
          + " half way to the next one is missed, and every alarm that is not the first at a"
          + " change is false, but while a gradual one is under way.",
      "Two have other settings: adwin-rise (side: increase) and ph-20 (page-hinkley,"
          + " delta: 0.02, threshold: 20, alpha: 1, origin: extreme). Two are dummies: random"
          + " alarms every 1,000 samples on average, never does not. Nothing is timed: the same"
          + " arguments print the same figures."
    })
final class DetectorsBenchCommand implements Callable<Integer> {

  @Mixin private final ReportOptions report = new ReportOptions();

  @Option(
      names = "--seeds",
      defaultValue = "30",
      description = "streams of each kind (default: ${DEFAULT-VALUE})")
  private int seeds;

  @Option(
      names = "--samples",
      defaultValue = "20000",
      description = "of each stream (default: ${DEFAULT-VALUE})")
  private int samples;

  @Override
  public Integer call() {
    DetectionTables tables = DetectorBenchmark.run(seeds, samples);
    System.out.println(report.format() == Format.JSON ? tables.toJson() : tables.toText());
    return 0;
  }
}
