package dev.penstock.jobs.benchmark;

import dev.penstock.jobs.io.KafkaStreams.Until;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.api.common.JobID;
import org.apache.flink.runtime.client.JobExecutionException;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.kafka.clients.admin.Admin;

/** A Flink cluster in this JVM: the runs share its warm code. */
final class ScanCluster implements AutoCloseable {

  private static final double NANOS_PER_SECOND = 1e9;
  private static final long POLL_MILLIS = 100;

  private final MiniCluster cluster;

  ScanCluster(int slots) {
    cluster =
        new MiniCluster(
            new MiniClusterConfiguration.Builder()
                .withRandomPorts()
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(slots)
                .build());
    try {
      cluster.start();
    } catch (Exception e) {
      throw new IllegalStateException("Flink did not start", e);
    }
  }

  /** Runs a job to its end: seconds from its first record to its last output. */
  double scanSeconds(JobGraph job) throws InterruptedException {
    try {
      JobID id = cluster.submitJob(job).get().getJobID();
      JobExecutionResult result =
          cluster
              .requestJobResult(id)
              .get()
              .toJobExecutionResult(ScanCluster.class.getClassLoader());
      long first = result.getAccumulatorResult(FirstRecordOperator.ACCUMULATOR);
      long end = result.getAccumulatorResult(EndOperator.ACCUMULATOR);
      return (end - first) / NANOS_PER_SECOND;
    } catch (ExecutionException | JobExecutionException | ClassNotFoundException | IOException e) {
      throw new IllegalStateException("Job " + job.getName() + " failed", e);
    }
  }

  /** Bytes of a checkpoint of continuous training that has read the whole log and forgets none. */
  double stateBytes(ScanJobs jobs) throws ExecutionException, InterruptedException {
    String run = "tracking";
    JobID job =
        cluster
            .submitJob(jobs.training(run, Until.STOPPED, ScanPipelines.amount(jobs.log(), "all")))
            .get()
            .getJobID();
    CompletableFuture<JobResult> end = cluster.requestJobResult(job);
    try (Admin admin = Admin.create(jobs.options().kafka().clientProperties())) {
      long records = jobs.log().samples() + jobs.log().partitions();
      // Offsets are committed after a checkpoint that covers them.
      while (committed(admin, jobs.group(run)) < records) {
        if (end.isDone()) {
          throw new IllegalStateException("Job " + job + " must run on, got " + end.get());
        }
        TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
      }
    }
    long stateSize = Checkpoints.take(cluster, job).getStateSize();
    cluster.cancelJob(job).get();
    end.get();
    return stateSize;
  }

  private static long committed(Admin admin, String group)
      throws ExecutionException, InterruptedException {
    return admin
        .listConsumerGroupOffsets(group)
        .partitionsToOffsetAndMetadata()
        .get()
        .values()
        .stream()
        .mapToLong(offset -> offset.offset())
        .sum();
  }

  @Override
  public void close() throws InterruptedException {
    try {
      cluster.closeAsync().get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("Flink did not stop", e);
    }
  }
}
