package dev.penstock.jobs.benchmark.selection;

import dev.penstock.core.benchmark.BenchmarkReport;
import dev.penstock.core.benchmark.Goal;
import dev.penstock.core.benchmark.Measure;
import dev.penstock.jobs.benchmark.Checkpoints;
import dev.penstock.jobs.benchmark.selection.SelectionPolicies.Policy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.flink.api.common.JobID;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;

/**
 * Weighs every selection: bytes of state of a tracked sample, bytes of an incremental checkpoint
 * after 100,000 new samples, and time from a fired decision over all history to its task. The job
 * is that of continuous training from its blocks on, with RocksDB; only the samples are made up.
 */
public final class SelectionBenchmark {

  /** Samples between two checkpoints. */
  static final long NEW_SAMPLES = 100_000;

  /** The policies whose state has a bar. */
  private static final Set<String> BARRED = Set.of("new-data", "random", "label-balanced");

  private static final double STATE_BYTES = 2;
  private static final int TRIGGERS = 4;
  private static final long TIMEOUT_SECONDS = 1800;

  private SelectionBenchmark() {}

  /** Runs a job for every policy and size. */
  public static BenchmarkReport run(SelectionOptions options)
      throws ExecutionException, InterruptedException {
    List<Measure> measures = new ArrayList<>();
    try (MiniCluster cluster = cluster()) {
      int done = 0;
      for (long size : options.sizes()) {
        List<Policy> policies = SelectionPolicies.of(options, size);
        for (Policy policy : policies) {
          options
              .progress()
              .at(
                  (double) done++ / (policies.size() * options.sizes().size()),
                  "%s, %,d samples".formatted(policy.name(), size));
          measures.addAll(measure(cluster, options, policy, size));
        }
      }
      options.progress().at(1, "done");
    } catch (ExecutionException | InterruptedException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("Flink did not start or stop", e);
    }
    return new BenchmarkReport(measures);
  }

  private static MiniCluster cluster() throws Exception {
    MiniCluster cluster =
        new MiniCluster(
            new MiniClusterConfiguration.Builder()
                .withRandomPorts()
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(1)
                .build());
    cluster.start();
    return cluster;
  }

  private static List<Measure> measure(
      MiniCluster cluster, SelectionOptions options, Policy policy, long size)
      throws ExecutionException, InterruptedException {
    String name = policy.name() + "-" + size;
    BenchmarkRun run = BenchmarkRun.of(name);
    Path directory = options.directory().resolve(name);
    long every = size / TRIGGERS;
    JobID job =
        cluster
            .submitJob(
                SelectionJob.of(name, policy.pipeline(every), options.partitions(), directory))
            .get()
            .getJobID();
    try {
      // One block more of each partition, before which the last trigger's samples are not merged.
      long blocks = size / SyntheticBlocks.SAMPLES + 2L * options.partitions();
      run.allow(blocks);
      run.awaitTasks(TRIGGERS, TIMEOUT_SECONDS);
      run.awaitBlocks(TIMEOUT_SECONDS);
      double state = Checkpoints.take(cluster, job).getStateSize();
      List<Double> increments = new ArrayList<>();
      for (int round = 0; round < options.rounds(); round++) {
        blocks += (NEW_SAMPLES + SyntheticBlocks.SAMPLES - 1) / SyntheticBlocks.SAMPLES;
        run.allow(blocks);
        run.awaitBlocks(TIMEOUT_SECONDS);
        increments.add((double) Checkpoints.take(cluster, job).getCheckpointedSize());
      }
      return measures(policy, size, state, increments, run.lastMillis());
    } finally {
      cluster.cancelJob(job).get();
      cluster.requestJobResult(job).get();
      BenchmarkRun.forget(name);
    }
  }

  /** What RocksDB's compactions rewrite is in it, however seldom they are. */
  private static double mean(List<Double> increments) {
    return increments.stream().mapToDouble(bytes -> bytes).average().orElse(0);
  }

  private static List<Measure> measures(
      Policy policy, long size, double state, List<Double> increments, double millis) {
    String what = "%s, %,d samples: ".formatted(policy.name(), size);
    List<Double> bytes = List.of(state / size);
    return List.of(
        BARRED.contains(policy.name())
            ? Measure.of(what + "state of each", "bytes", Goal.atMost(STATE_BYTES), bytes)
            : Measure.informative(what + "state of each", "bytes", bytes),
        Measure.informative(what + "checkpoint of 100,000 new", "bytes", increments),
        Measure.informative(what + "the same, mean", "bytes", List.of(mean(increments))),
        Measure.informative(what + "decision to task", "ms", List.of(millis)));
  }
}
