package dev.penstock.cli.cluster;

import dev.penstock.cli.process.Distribution;
import dev.penstock.cli.process.JavaProcess;
import dev.penstock.schemas.topic.KafkaSettings;
import dev.penstock.schemas.topic.Topics;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Flink and workers as processes on this machine, beside a Kafka that is there already. */
public final class LocalStack implements AutoCloseable {

  private static final Duration START = Duration.ofMinutes(2);
  private static final long STOP_SECONDS = 10;

  private final Distribution distribution;
  private final Path directory;
  private final KafkaSettings kafka;
  private final Topics topics;
  private final FlinkProcesses flinkProcesses;
  private final FlinkRest flink;
  private final URI artifacts;

  /** In the order of their start: they are ended the other way round. */
  private final List<Process> processes = new ArrayList<>();

  private LocalStack(
      Distribution distribution,
      Path directory,
      KafkaSettings kafka,
      Topics topics,
      FlinkProcesses flinkProcesses,
      URI artifacts) {
    this.distribution = distribution;
    this.directory = directory;
    this.kafka = kafka;
    this.topics = topics;
    this.flinkProcesses = flinkProcesses;
    this.artifacts = artifacts;
    this.flink = new FlinkRest(URI.create("http://127.0.0.1:" + flinkProcesses.restPort()));
  }

  /**
   * A stack that does not run yet.
   *
   * @param directory for everything that the processes write
   * @param restPort of Flink's web UI; 0: a free one
   * @param slots of each TaskManager
   */
  public static LocalStack configure(
      Path directory, KafkaSettings kafka, Topics topics, int restPort, int slots)
      throws IOException {
    Distribution distribution = Distribution.current();
    Path artifacts = Files.createDirectories(directory.resolve("artifacts"));
    return new LocalStack(
        distribution,
        directory,
        kafka,
        topics,
        FlinkProcesses.configure(distribution, directory, restPort, slots),
        artifacts.toUri());
  }

  /** The same stack, which does not run yet, with another store of training sets and models. */
  public LocalStack withArtifacts(URI elsewhere) {
    return new LocalStack(distribution, directory, kafka, topics, flinkProcesses, elsewhere);
  }

  /** Starts the JobManager. */
  public Process startJobManager() {
    return started(flinkProcesses.startJobManager());
  }

  /** Starts a TaskManager. */
  public Process startTaskManager(String name) throws IOException, InterruptedException {
    return started(flinkProcesses.startTaskManager(name));
  }

  /** Starts a worker that trains so many models at the same time. */
  public Process startWorker(String name, int trainings) {
    return startWorker(name, List.of("--slots", String.valueOf(trainings)));
  }

  /** Starts a worker. */
  public Process startWorker(String name, List<String> extra) {
    JavaProcess worker =
        new JavaProcess(name, directory, distribution)
            .jvm("-Xmx256m")
            .args("--bootstrap-servers", kafka.bootstrapServers())
            .args("--topic-prefix", topics.prefix())
            .args("--artifacts", artifacts().toString())
            .args("--worker-id", name)
            .args("--training-memory", "768m")
            .args("--work-dir", directory.resolve("tmp").resolve(name).toString());
    kafka.properties().forEach((key, value) -> worker.args("--kafka." + key + "=" + value));
    return started(worker.args(extra).start("worker", "dev.penstock.worker.TrainerWorker"));
  }

  private synchronized Process started(Process process) {
    processes.add(process);
    return process;
  }

  /** Waits until Flink has so many slots. */
  public void awaitSlots(int slots) throws InterruptedException {
    long deadline = System.nanoTime() + START.toNanos();
    while (flink.slots().orElse(0) < slots) {
      checkAlive();
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException(
            "Flink must have "
                + slots
                + " slots within "
                + START.toSeconds()
                + " s, see "
                + directory.resolve("log"));
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }

  /** Waits until every task of the job runs. */
  public void awaitRunning(String jobId) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + START.toNanos();
    while (!flink.isRunning(jobId)) {
      checkAlive();
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException(
            "Job "
                + jobId
                + " must run within "
                + START.toSeconds()
                + " s, see "
                + directory.resolve("log"));
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }

  /** Throws if a process has ended. */
  public synchronized void checkAlive() {
    Optional<Process> dead = processes.stream().filter(process -> !process.isAlive()).findFirst();
    if (dead.isPresent()) {
      throw new IllegalStateException(
          "Process "
              + dead.get().pid()
              + " ended with status "
              + dead.get().exitValue()
              + ", see "
              + directory.resolve("log"));
    }
  }

  /** Forgets a process that is ended on purpose. */
  public synchronized void forget(Process process) {
    processes.remove(process);
  }

  /** Flink's REST API. */
  public FlinkRest flink() {
    return flink;
  }

  /** Store of training sets and models. */
  public URI artifacts() {
    return artifacts;
  }

  /** The processes that run. */
  public synchronized List<Process> processes() {
    return List.copyOf(processes);
  }

  /** Ends all processes, the last started first. */
  @Override
  public synchronized void close() {
    for (int i = processes.size() - 1; i >= 0; i--) {
      processes.get(i).destroy();
    }
    for (int i = processes.size() - 1; i >= 0; i--) {
      end(processes.get(i));
    }
    processes.clear();
  }

  private static void end(Process process) {
    try {
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
