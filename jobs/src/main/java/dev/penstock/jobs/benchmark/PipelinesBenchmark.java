package dev.penstock.jobs.benchmark;

import dev.penstock.core.benchmark.BenchmarkReport;
import dev.penstock.core.benchmark.Goal;
import dev.penstock.core.benchmark.InterleavedRuns;
import dev.penstock.core.benchmark.Measure;
import dev.penstock.jobs.io.KafkaStreams.Until;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;

/**
 * What pipelines cost beside the scan that they share: continuous training with one drift trigger
 * beside a job that does nothing with the same log, and with several data-amount triggers beside
 * one.
 */
public final class PipelinesBenchmark {

  private static final int SAMPLE_BYTES = 100;

  /** Percent of what the first pipeline costs, the scan included. */
  private static final double PERCENT_A_PIPELINE = 3;

  private PipelinesBenchmark() {}

  /**
   * Fills a log and scans it again and again; the broker keeps what it wrote.
   *
   * @param counts of pipelines that are compared with one
   * @throws IllegalArgumentException if a count is below 2
   */
  public static BenchmarkReport run(ScanOptions options, List<Integer> counts)
      throws ExecutionException, InterruptedException {
    for (int count : counts) {
      if (count < 2) {
        throw new IllegalArgumentException("pipelines must be at least 2, got " + count);
      }
    }
    ScanLog log =
        new ScanLog("pipelines-100b", SAMPLE_BYTES, options.samples(), options.partitions());
    ScanJobs jobs = new ScanJobs(options, log);
    jobs.prepare();
    List<Measure> measures = new ArrayList<>();
    try (ScanCluster cluster = new ScanCluster(options.parallelism())) {
      InterleavedRuns drift =
          InterleavedRuns.measure(
              options.warmUps(),
              options.rounds(),
              () -> log.samples() / cluster.scanSeconds(jobs.noOp()),
              () -> rate(cluster, jobs, "drift", ScanPipelines.drift(log)));
      measures.add(Measure.informative("no-op scan", "samples/s", drift.baseline()));
      measures.add(
          Measure.informative("scan with a drift pipeline", "samples/s", drift.candidate()));
      measures.add(Measure.informative("drift pipeline over no-op", "ratio", drift.ratios()));
      for (int count : counts) {
        measures.addAll(several(options, jobs, cluster, count));
      }
    }
    return new BenchmarkReport(measures);
  }

  private static List<Measure> several(
      ScanOptions options, ScanJobs jobs, ScanCluster cluster, int count)
      throws InterruptedException {
    List<String> one = ScanPipelines.amounts(jobs.log(), 1);
    List<String> many = ScanPipelines.amounts(jobs.log(), count);
    InterleavedRuns runs =
        InterleavedRuns.measure(
            options.warmUps(),
            options.rounds(),
            () -> rate(cluster, jobs, "one", one),
            () -> rate(cluster, jobs, "many-" + count, many));
    List<Double> further =
        runs.ratios().stream().map(ratio -> 100 * (1 / ratio - 1) / (count - 1)).toList();
    return List.of(
        Measure.informative("scan with 1 pipeline", "samples/s", runs.baseline()),
        Measure.informative("scan with " + count + " pipelines", "samples/s", runs.candidate()),
        Measure.informative(count + " pipelines over 1", "ratio", runs.ratios()),
        Measure.of(
            "each further of " + count + " pipelines",
            "% of the first",
            Goal.atMost(PERCENT_A_PIPELINE),
            further));
  }

  private static double rate(ScanCluster cluster, ScanJobs jobs, String run, List<String> pipelines)
      throws InterruptedException {
    return jobs.log().samples() / cluster.scanSeconds(jobs.training(run, Until.NOW, pipelines));
  }
}
