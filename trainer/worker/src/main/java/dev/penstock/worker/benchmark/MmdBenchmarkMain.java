package dev.penstock.worker.benchmark;

import dev.penstock.core.benchmark.BenchmarkReport;
import dev.penstock.core.benchmark.Goal;
import dev.penstock.core.benchmark.InterleavedRuns;
import dev.penstock.core.benchmark.Measure;
import dev.penstock.core.distance.kernel.Mmd;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Prints the discrepancy's time over that of its matrix formula with DJL's arrays, as JSON. */
@Command(
    name = "mmd",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Maximum mean discrepancy in plain Java beside its formula on NDArrays.")
public final class MmdBenchmarkMain implements Callable<Integer> {

  /** Of the results of both: they differ by rounding only. */
  private static final double LARGEST_DIFFERENCE = 1e-9;

  /**
   * Of many features the time goes into sums of products, where the engine has an instruction for
   * two operations that Java's compiler does not use by itself.
   */
  private static final double GOAL = 1.5;

  private static final double SHIFT = 0.1;

  @Option(
      names = "--rows",
      defaultValue = "1000",
      description = "of each sample (default: ${DEFAULT-VALUE})")
  private int rows;

  @Option(
      names = "--features",
      split = ",",
      defaultValue = "16,128,512",
      description = "of a row (default: ${DEFAULT-VALUE})")
  @SuppressWarnings("FieldCanBeFinal") // set by the command line parser
  private List<Integer> features = new ArrayList<>();

  @Option(
      names = "--warm-ups",
      defaultValue = "10",
      description = "rounds that do not count (default: ${DEFAULT-VALUE})")
  private int warmUps;

  @Option(
      names = "--rounds",
      defaultValue = "" + InterleavedRuns.ROUNDS,
      description = "rounds that count (default: ${DEFAULT-VALUE})")
  private int rounds;

  public static void main(String[] args) {
    System.exit(new CommandLine(new MmdBenchmarkMain()).execute(args));
  }

  @Override
  public Integer call() {
    List<Measure> measures = new ArrayList<>();
    for (int width : features) {
      measures.addAll(measures(width));
    }
    BenchmarkReport report = new BenchmarkReport(measures);
    System.out.println(report.toJson());
    return report.exitCode();
  }

  private List<Measure> measures(int width) {
    SplittableRandom random = new SplittableRandom(1);
    double[][] reference = normal(width, 0, random);
    double[][] current = normal(width, SHIFT, random);
    double sigma = Math.sqrt(width);
    double difference =
        Mmd.unbiased(reference, current, sigma) - NdArrayMmd.unbiased(reference, current, sigma);
    if (Math.abs(difference) > LARGEST_DIFFERENCE) {
      throw new IllegalStateException(
          "Results must differ by at most %s, got %s".formatted(LARGEST_DIFFERENCE, difference));
    }
    InterleavedRuns runs =
        InterleavedRuns.measure(
            warmUps,
            rounds,
            () -> millis(() -> NdArrayMmd.unbiased(reference, current, sigma)),
            () -> millis(() -> Mmd.unbiased(reference, current, sigma)));
    String suffix = ", " + width + " features";
    return List.of(
        Measure.informative("mmd by NDArrays" + suffix, "ms", runs.baseline()),
        Measure.informative("mmd in Java" + suffix, "ms", runs.candidate()),
        Measure.of(
            "mmd in Java over NDArrays" + suffix, "ratio", Goal.atMost(GOAL), runs.ratios()));
  }

  private static double millis(Runnable run) {
    long start = System.nanoTime();
    run.run();
    return (System.nanoTime() - start) / 1e6;
  }

  private double[][] normal(int width, double mean, SplittableRandom random) {
    double[][] sample = new double[rows][width];
    for (double[] row : sample) {
      for (int k = 0; k < width; k++) {
        row[k] = mean + random.nextGaussian();
      }
    }
    return sample;
  }
}
