package dev.penstock.cli.demo;

import dev.penstock.cli.replay.Lockstep;
import dev.penstock.datagen.produce.SampleProducer;
import dev.penstock.datagen.reader.SampleReader;
import java.io.IOException;
import java.util.Optional;

/** Sends recorded samples in lockstep, no faster than wanted, and says how far it has come. */
final class Replay implements Lockstep.Listener {

  private static final long REPORT_NANOS = 2_000_000_000L;

  private final SampleReader samples;
  private final Board board;
  private long sent;
  private long reportedAt = System.nanoTime();
  private long reported;

  /** Samples since the gate was last open. */
  private long paced;

  private long openSince = System.nanoTime();

  Replay(SampleReader samples, Board board) {
    this.samples = samples;
    this.board = board;
  }

  /**
   * Sends samples.
   *
   * @param limit samples at most
   * @param rate samples a second at most
   * @return samples sent
   */
  long run(Lockstep lockstep, long limit, Optional<Double> rate)
      throws IOException, InterruptedException {
    while (sent < limit && samples.next()) {
      lockstep.send(samples);
      sent++;
      paced++;
      if (rate.isPresent()) {
        SampleProducer.pace(paced, rate.get(), openSince);
      }
      if (Thread.interrupted()) {
        throw new InterruptedException("Replay was stopped");
      }
      report();
    }
    lockstep.end();
    return sent;
  }

  private void report() {
    long now = System.nanoTime();
    if (now - reportedAt > REPORT_NANOS) {
      double seconds = (now - reportedAt) / 1e9;
      board.say("samples    %,d sent, %,.0f/s", sent, (sent - reported) / seconds);
      reportedAt = now;
      reported = sent;
    }
  }

  @Override
  public void opened() {
    openSince = System.nanoTime();
    paced = 0;
  }
}
