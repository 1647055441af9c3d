package dev.penstock.cli.ledger.chain;

import dev.penstock.cli.ledger.read.Messages;
import dev.penstock.cli.ledger.read.OfDecision;
import dev.penstock.cli.ledger.read.Written;
import dev.penstock.schemas.Decision;
import dev.penstock.schemas.Evaluation;
import dev.penstock.schemas.ModelVersion;
import dev.penstock.schemas.TrainingTask;
import dev.penstock.schemas.topic.KafkaSettings;
import dev.penstock.schemas.topic.Topics;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecordBase;

/**
 * Follows a decision through the topics, each read from its end back to where the decision's
 * messages can begin.
 *
 * @param kafka how to reach Kafka
 * @param topics names of the topics
 */
public record ChainReader(KafkaSettings kafka, Topics topics) {

  /**
   * Reads a chain.
   *
   * @param number of the decision; empty: the last fired one
   * @throws IllegalArgumentException if there is no such pipeline or decision
   */
  public Chain read(String pipeline, OptionalLong number) {
    FindDecision found = new FindDecision(pipeline, number);
    try (Messages<Decision> decisions =
        new Messages<>(kafka, topics.decisions(), Decision.class).existing()) {
      decisions.backwards(found);
    }
    Written<Decision> decision = found.decision();
    OfDecision<TrainingTask> task = OfDecision.task(decision);
    OfDecision<ModelVersion> version = OfDecision.version(decision);
    SliceSearch slices = new SliceSearch(decision.message());
    if (Chain.trains(decision.message())) {
      read(topics.trainingTasks(), TrainingTask.class, task);
      read(topics.modelVersions(), ModelVersion.class, version);
    }
    if (version.found() != null) {
      read(topics.evaluations(), Evaluation.class, slices);
    }
    return new Chain(
        decision,
        found.previousFired(),
        found.holds(),
        task.found(),
        version.found(),
        version.newest(),
        slices.before(),
        slices.after());
  }

  private <T extends SpecificRecordBase> void read(
      String topic, Class<T> type, Predicate<Written<T>> more) {
    try (Messages<T> messages = new Messages<>(kafka, topic, type)) {
      messages.backwards(more);
    }
  }
}
