package dev.penstock.cli.replay;

import dev.penstock.core.trigger.Answer;
import dev.penstock.core.trigger.EvaluationPoints;
import dev.penstock.datagen.produce.OrderedProducer;
import dev.penstock.datagen.reader.SampleReader;
import dev.penstock.schemas.Decision;
import dev.penstock.schemas.Outcome;
import dev.penstock.schemas.spec.PipelineSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.errors.InterruptException;

/**
 * The gate of a lockstep replay: lets samples through up to the next position at which any
 * pipeline's policy answers, and goes on when the answer is in the ledger and, if it trains
 * something, the model version is there. So what a policy sees, and which model a sample is tested
 * with, do not depend on how fast the machine trains.
 */
public final class Lockstep {

  private final OrderedProducer producer;
  private final LedgerReader ledger;
  private final Listener listener;
  private final Map<String, EvaluationPoints> points = new LinkedHashMap<>();

  /** Samples that each pipeline's decisions so far are about. */
  private final Map<String, Long> decided = new HashMap<>();

  private long released;
  private long nextSamples = EvaluationPoints.NEVER;
  private long nextTime = EvaluationPoints.NEVER;

  /** Is told of what passes the gate. */
  public interface Listener {

    /** A sample was let through. */
    default void sample(long timestamp) {}

    /** A policy has answered. */
    default void decision(Decision decision) {}

    /** All that the samples so far had to wait for is there. */
    default void opened() {}
  }

  /** A gate in front of a log that nothing has been sent to, or that is sent all over again. */
  public Lockstep(
      OrderedProducer producer,
      LedgerReader ledger,
      List<PipelineSpec> pipelines,
      Listener listener) {
    this.producer = producer;
    this.ledger = ledger;
    this.listener = listener;
    pipelines.forEach(spec -> points.put(spec.name(), EvaluationPoints.of(spec.trigger())));
    findNext();
  }

  /**
   * Sends the sample that {@code samples} has read last, and returns when the next one may come.
   *
   * @throws InterruptedException if the thread is interrupted; what was sent is written
   */
  public void send(SampleReader samples) throws InterruptedException {
    reach(samples.sliceTime());
    if (!producer.send(samples)) {
      return;
    }
    released++;
    listener.sample(samples.timestamp());
    long time = producer.newest();
    points.values().forEach(each -> each.sample(time));
    if (released >= nextSamples) {
      settle();
    }
  }

  /** That was all: nothing as old as the last sample will come. */
  public void end() throws InterruptedException {
    if (released > 0) {
      reach(producer.newest() + 1);
    }
    producer.flush();
  }

  private void reach(long time) throws InterruptedException {
    if (producer.advance(time)) {
      points.values().forEach(each -> each.reached(time));
      if (time >= nextTime) {
        settle();
      }
    }
  }

  /** Waits for the answers that are due, and for the models that are trained by them. */
  private void settle() throws InterruptedException {
    try {
      producer.flush();
      List<String> tasks = new ArrayList<>();
      points.forEach((pipeline, due) -> answer(pipeline, due, tasks));
      tasks.forEach(ledger::awaitVersion);
    } catch (InterruptException e) {
      Thread.interrupted();
      InterruptedException interrupted = new InterruptedException("Replay was stopped");
      interrupted.initCause(e);
      throw interrupted;
    }
    if (Thread.interrupted()) {
      throw new InterruptedException("Replay was stopped");
    }
    findNext();
    listener.opened();
  }

  private void answer(String pipeline, EvaluationPoints due, List<String> tasks) {
    while (due.isDue()) {
      Decision decision = ledger.next(pipeline);
      boolean fired = decision.getOutcome() == Outcome.FIRED;
      // One that was held for a training in flight fires when that has ended, about nothing new.
      boolean waited = decision.getEvidence() == 0 && decided(pipeline) < due.position();
      if (!waited) {
        checkPosition(decision, due.position());
        due.answered(fired ? Answer.Outcome.FIRED : Answer.Outcome.HELD);
      }
      if (fired && decision.getNewSamples() > 0 && decision.getWindowSamples() > 0) {
        tasks.add(pipeline + "-" + decision.getNumber());
      }
      listener.decision(decision);
    }
  }

  private long decided(String pipeline) {
    return decided.getOrDefault(pipeline, 0L);
  }

  /** A policy that answers elsewhere has seen samples that had to wait for its model. */
  private void checkPosition(Decision decision, long expected) {
    long samples = decided.merge(decision.getPipeline(), decision.getEvidence(), Long::sum);
    if (samples != expected) {
      throw new IllegalStateException(
          "decision %s-%d must be about the first %d samples, got %d"
              .formatted(decision.getPipeline(), decision.getNumber(), expected, samples));
    }
  }

  private void findNext() {
    nextSamples = EvaluationPoints.NEVER;
    nextTime = EvaluationPoints.NEVER;
    for (EvaluationPoints each : points.values()) {
      nextSamples = Math.min(nextSamples, each.nextSamples());
      nextTime = Math.min(nextTime, each.nextTime());
    }
  }
}
