package dev.penstock.worker.training;

import ai.djl.engine.Engine;
import dev.penstock.schemas.ModelVersion;
import dev.penstock.schemas.serde.AvroCodec;
import dev.penstock.worker.request.TrainingRequest;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The process of one training: reads a request from standard input, trains, writes the model
 * version or the reason of failure to standard output, and ends. It also ends when standard input
 * closes, that is with its supervisor, however that may have died.
 *
 * <p>One training a process: the engine allows one gradient collector, and what leaks goes with it.
 */
public final class TrainingProcess {

  /** First byte of an answer: a model version follows. */
  public static final int TRAINED = 1;

  /** First byte of an answer: the reason follows. */
  public static final int FAILED = 2;

  /** Taken before anything can log: what is printed must not get between the answers. */
  private static final PrintStream ANSWERS = takeStandardOutput();

  private static final Logger LOG = LoggerFactory.getLogger(TrainingProcess.class);

  private TrainingProcess() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    BlockingQueue<TrainingRequest> requests = new LinkedBlockingQueue<>();
    Thread reader = new Thread(() -> read(requests), "requests");
    reader.setDaemon(true);
    reader.start();
    // Loading the engine takes seconds: it is done by the time that a request comes.
    Engine engine = Engine.getInstance();
    LOG.info("Ready with {} {}", engine.getEngineName(), engine.getVersion());
    answer(requests.take(), new DataOutputStream(ANSWERS));
    Runtime.getRuntime().halt(0);
  }

  private static PrintStream takeStandardOutput() {
    PrintStream out = System.out;
    System.setOut(System.err);
    return out;
  }

  private static void read(BlockingQueue<TrainingRequest> requests) {
    try {
      DataInputStream in = new DataInputStream(new BufferedInputStream(System.in));
      while (true) {
        requests.add(TrainingRequest.read(in));
      }
    } catch (IOException e) {
      // The supervisor is gone; nobody waits for the model any more.
      Runtime.getRuntime().halt(1);
    }
  }

  private static void answer(TrainingRequest request, DataOutputStream out)
      throws IOException, InterruptedException {
    try {
      ModelVersion version = new Training(request).train();
      out.writeByte(TRAINED);
      TrainingRequest.writeBytes(out, AvroCodec.of(ModelVersion.class).encode(version));
    } catch (RuntimeException | OutOfMemoryError e) {
      LOG.warn("Task {} cannot be trained", request.task().getId(), e);
      out.writeByte(FAILED);
      out.writeUTF(reason(e));
    }
    out.flush();
  }

  private static String reason(Throwable failure) {
    String message = failure.getMessage() == null ? failure.toString() : failure.getMessage();
    boolean expected =
        failure.getClass().getName().startsWith("dev.penstock.")
            || failure instanceof IllegalArgumentException;
    return expected ? message : failure.getClass().getSimpleName() + ": " + message;
  }
}
