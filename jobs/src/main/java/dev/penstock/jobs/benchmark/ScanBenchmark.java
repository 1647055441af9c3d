package dev.penstock.jobs.benchmark;

import dev.penstock.core.benchmark.BenchmarkReport;
import dev.penstock.core.benchmark.Goal;
import dev.penstock.core.benchmark.InterleavedRuns;
import dev.penstock.core.benchmark.Measure;
import dev.penstock.jobs.io.KafkaStreams.Until;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.flink.runtime.jobgraph.JobGraph;

/**
 * Compares continuous training (a data-amount trigger, random selection of a tenth, a checkpoint
 * every second) with a job that reads the same log's headers and discards them, and weighs the
 * state of continuous training when all samples of the log are tracked.
 */
public final class ScanBenchmark {

  private static final int SMALL_BYTES = 100;
  private static final int LARGE_BYTES = 1024;

  /** Fewer large samples, so that both scans take about as long. */
  private static final int LARGE_SHARE = 4;

  private static final double SMALL_RATIO = 0.75;
  private static final double LARGE_RATIO = 0.9;
  private static final double STATE_BYTES = 2;

  private ScanBenchmark() {}

  /** Fills two logs and scans each again and again; the broker keeps what it wrote. */
  public static BenchmarkReport run(ScanOptions options)
      throws ExecutionException, InterruptedException {
    List<Measure> measures = new ArrayList<>();
    try (ScanCluster cluster = new ScanCluster(options.parallelism())) {
      ScanLog small =
          new ScanLog("scan-100b", SMALL_BYTES, options.samples(), options.partitions());
      measures.addAll(scans(options, small, cluster, "100 B", SMALL_RATIO));
      ScanLog large =
          new ScanLog(
              "scan-1kb",
              LARGE_BYTES,
              Math.max(1, options.samples() / LARGE_SHARE),
              options.partitions());
      measures.addAll(scans(options, large, cluster, "1 KB", LARGE_RATIO));
      double stateBytes = cluster.stateBytes(new ScanJobs(options, small));
      measures.add(
          Measure.of(
              "state of a tracked sample",
              "bytes",
              Goal.atMost(STATE_BYTES),
              List.of(stateBytes / small.samples())));
    }
    return new BenchmarkReport(measures);
  }

  private static List<Measure> scans(
      ScanOptions options, ScanLog log, ScanCluster cluster, String size, double goal)
      throws ExecutionException, InterruptedException {
    ScanJobs jobs = new ScanJobs(options, log);
    jobs.prepare();
    InterleavedRuns runs =
        InterleavedRuns.measure(
            options.warmUps(),
            options.rounds(),
            () -> rate(cluster, log, jobs.noOp()),
            () ->
                rate(
                    cluster,
                    log,
                    jobs.training("training", Until.NOW, ScanPipelines.amount(log, "0"))));
    return List.of(
        Measure.informative("no-op scan, " + size, "samples/s", runs.baseline()),
        Measure.informative("training scan, " + size, "samples/s", runs.candidate()),
        Measure.of("training over no-op, " + size, "ratio", Goal.atLeast(goal), runs.ratios()));
  }

  private static double rate(ScanCluster cluster, ScanLog log, JobGraph job)
      throws InterruptedException {
    return log.samples() / cluster.scanSeconds(job);
  }
}
