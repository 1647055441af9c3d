package dev.penstock.cli.demo;

import dev.penstock.datagen.produce.SampleProducer;
import dev.penstock.datagen.reader.SampleReader;
import dev.penstock.schemas.spec.PipelineSpec;
import dev.penstock.schemas.spec.TriggerSpec;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Sends recorded samples in lockstep: those after a fired decision wait until its model is there,
 * so that accuracies do not depend on how fast the machine trains.
 */
final class Replay {

  /** Decisions of a trigger by time are looked for every so many samples. */
  private static final long OTHER_TRIGGER_STEP = 100;

  private final SampleReader samples;
  private final SampleProducer producer;
  private final LedgerMirror mirror;
  private final List<PipelineSpec> pipelines;
  private final Board board;

  Replay(SampleReader samples, SampleProducer producer, List<PipelineSpec> pipelines, Board board) {
    this.samples = samples;
    this.producer = producer;
    this.pipelines = pipelines;
    this.board = board;
    this.mirror = new LedgerMirror(pipelines, producer.partitions());
  }

  /**
   * Sends samples.
   *
   * @param limit samples at most
   * @param rate samples a second at most
   * @param check called while waiting: throws if the wait is in vain
   * @return samples sent
   */
  long run(long limit, Optional<Double> rate, Runnable check)
      throws IOException, InterruptedException {
    long lastReport = System.nanoTime();
    long reported = 0;
    long chunkStart = System.nanoTime();
    long chunkSamples = 0;
    boolean more = samples.next();
    while (more && producer.sent() < limit) {
      long row = producer.sent();
      producer.send(samples);
      mirror.sample((int) (row % producer.partitions()), samples.timestamp());
      chunkSamples++;
      more = samples.next();
      if (rate.isPresent()) {
        SampleProducer.pace(chunkSamples, rate.get(), chunkStart);
      }
      if (Thread.interrupted()) {
        throw new InterruptedException("Replay was stopped");
      }
      if (isCheckpoint(row + 1)) {
        sync(more && samples.timestamp() <= producer.newest(), check);
        chunkStart = System.nanoTime();
        chunkSamples = 0;
      }
      if (System.nanoTime() - lastReport > 2_000_000_000L) {
        double seconds = (System.nanoTime() - lastReport) / 1e9;
        board.say("samples    %,d sent, %,.0f/s", row + 1, (row + 1 - reported) / seconds);
        lastReport = System.nanoTime();
        reported = row + 1;
      }
    }
    sync(/* tied= */ false, check);
    return producer.sent();
  }

  /** Whether a pipeline may decide right after so many samples. */
  private boolean isCheckpoint(long sent) {
    for (PipelineSpec pipeline : pipelines) {
      if (sent % step(pipeline.trigger()) == 0) {
        return true;
      }
    }
    return false;
  }

  private static long step(TriggerSpec trigger) {
    if (trigger instanceof TriggerSpec.DataAmount amount) {
      return amount.numSamples();
    }
    if (trigger instanceof TriggerSpec.EveryN every) {
      return every.evaluationInterval();
    }
    if (trigger instanceof TriggerSpec.Guarded guarded && guarded.maxSamples().isEmpty()) {
      return step(guarded.trigger());
    }
    return OTHER_TRIGGER_STEP;
  }

  /**
   * Waits for the models of all decisions about the samples so far.
   *
   * @param tied whether the next sample is not later than the newest one
   */
  private void sync(boolean tied, Runnable check) throws InterruptedException {
    long reached = tied ? producer.newest() : producer.newest() + 1;
    producer.progress(reached);
    producer.flush();
    board.awaitVersions(mirror.progress(reached), check);
  }
}
