package dev.penstock.worker.supervisor;

import dev.penstock.models.engine.EngineJvm;
import dev.penstock.schemas.ModelVersion;
import dev.penstock.schemas.serde.AvroCodec;
import dev.penstock.worker.request.TrainingRequest;
import dev.penstock.worker.training.TrainingProcess;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A training process, from the supervisor's side. */
final class TrainingChild implements AutoCloseable {

  private final Process process;

  private TrainingChild(Process process) {
    this.process = process;
  }

  /**
   * Starts a process that waits for a request.
   *
   * @param memory its heap, such as 2g
   * @param threads of the engine
   */
  static TrainingChild start(String memory, int threads, Path directory) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx" + memory);
    command.add("-Dai.djl.offline=" + System.getProperty("ai.djl.offline", "true"));
    command.add("-Dai.djl.pytorch.num_threads=" + threads);
    command.add("-Dai.djl.pytorch.num_interop_threads=1");
    command.add("-Djava.io.tmpdir=" + directory);
    for (String property : List.of("log4j.configurationFile", "log4j2.configurationFile")) {
      if (System.getProperty(property) != null) {
        command.add("-D" + property + "=" + System.getProperty(property));
      }
    }
    // Beside the worker's own: two processes do not share a file.
    Optional.ofNullable(System.getProperty("log.file"))
        .map(file -> file.replaceFirst("(\\.log)?$", "-training$0"))
        .ifPresent(file -> command.add("-Dlog.file=" + file));
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(TrainingProcess.class.getName());
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    // Threads beyond those of the engine's own setting spin and slow the others down.
    builder.environment().put("OMP_NUM_THREADS", String.valueOf(threads));
    EngineJvm.prepare(builder);
    return new TrainingChild(builder.start());
  }

  /** What became of a training. */
  sealed interface Outcome {

    /** There is a model. */
    record Trained(ModelVersion version) implements Outcome {}

    /** There will be none: the same would happen again. */
    record Failed(String reason) implements Outcome {}

    /** The process ended without an answer: it may have been killed, and may be tried again. */
    record Died(String how) implements Outcome {}
  }

  /** Trains, which may take hours. */
  Outcome train(TrainingRequest request) throws InterruptedException {
    try {
      request.write(new DataOutputStream(process.getOutputStream()));
      DataInputStream answers = new DataInputStream(process.getInputStream());
      if (answers.readByte() == TrainingProcess.TRAINED) {
        byte[] bytes = TrainingRequest.readBytes(answers);
        return new Outcome.Trained(AvroCodec.of(ModelVersion.class).decode(bytes));
      }
      return new Outcome.Failed(answers.readUTF());
    } catch (EOFException e) {
      return new Outcome.Died("training process ended with status " + process.waitFor());
    } catch (IOException e) {
      return new Outcome.Died("training process could not be talked to: " + e.getMessage());
    }
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Ends the process, whatever it does. */
  @Override
  public void close() {
    process.destroyForcibly();
  }
}
