package dev.penstock.worker;

import dev.penstock.broker.EmbeddedBroker;
import dev.penstock.schemas.topic.KafkaSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A real worker, in a process of its own. */
final class WorkerProcess implements AutoCloseable {

  private final Process process;

  private WorkerProcess(Process process) {
    this.process = process;
  }

  static WorkerProcess start(
      EmbeddedBroker broker, Path artifacts, String prefix, String id, String... more)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx256m", "-cp", System.getProperty("java.class.path")));
    command.add(TrainerWorker.class.getName());
    command.addAll(List.of("--artifacts", artifacts.toUri().toString()));
    command.addAll(List.of("--worker-id", id, "--topic-prefix", prefix));
    command.addAll(List.of("--training-memory", "512m", "--group", prefix + "workers"));
    KafkaSettings kafka = broker.settings();
    command.addAll(List.of("--bootstrap-servers", kafka.bootstrapServers()));
    kafka.properties().forEach((key, value) -> command.add("--kafka." + key + "=" + value));
    command.addAll(List.of(more));
    // A dead worker's partitions are given to another after this time.
    command.add("--kafka.session.timeout.ms=6000");
    return new WorkerProcess(
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start());
  }

  /** Processes of trainings: one runs or stands by. */
  List<ProcessHandle> trainings() {
    return process.children().toList();
  }

  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Ends the worker as Ctrl-C does. */
  int stop() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(20, TimeUnit.SECONDS)) {
      throw new IllegalStateException("Worker did not stop");
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
