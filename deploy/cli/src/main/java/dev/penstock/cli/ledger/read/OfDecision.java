package dev.penstock.cli.ledger.read;

import dev.penstock.schemas.Decision;
import dev.penstock.schemas.ModelVersion;
import dev.penstock.schemas.TrainingTask;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Finds what came of a decision in a topic that is read newest first. A pipeline's tasks, and its
 * versions, are in the order of their decisions.
 */
public final class OfDecision<T> implements Predicate<Written<T>> {

  /** What came of a decision was written after it, but by the clock of another machine. */
  private static final long CLOCK_SKEW_MILLIS = Duration.ofHours(1).toMillis();

  private final Written<Decision> decision;
  private final Function<T, String> pipelineOf;
  private final ToLongFunction<T> numberOf;
  private @Nullable T newest;
  private @Nullable T found;

  private OfDecision(
      Written<Decision> decision, Function<T, String> pipelineOf, ToLongFunction<T> numberOf) {
    this.decision = decision;
    this.pipelineOf = pipelineOf;
    this.numberOf = numberOf;
  }

  public static OfDecision<TrainingTask> task(Written<Decision> decision) {
    return new OfDecision<>(decision, TrainingTask::getPipeline, TrainingTask::getDecisionNumber);
  }

  public static OfDecision<ModelVersion> version(Written<Decision> decision) {
    return new OfDecision<>(decision, ModelVersion::getPipeline, OfDecision::trainedAt);
  }

  /** A rollback came of no decision. */
  private static long trainedAt(ModelVersion version) {
    return version.getRestores() == null ? version.getDecisionNumber() : Long.MAX_VALUE;
  }

  /** Takes a message and tells whether an earlier one is wanted. */
  @Override
  public boolean test(Written<T> written) {
    T message = written.message();
    if (!pipelineOf.apply(message).equals(decision.message().getPipeline())) {
      return true;
    }
    if (written.at() < decision.at() - CLOCK_SKEW_MILLIS) {
      return false;
    }
    if (newest == null) {
      newest = message;
    }
    long number = numberOf.applyAsLong(message);
    if (number == decision.message().getNumber()) {
      found = message;
    }
    return number > decision.message().getNumber();
  }

  /** The decision's; null: none. */
  public @Nullable T found() {
    return found;
  }

  /** The pipeline's last one since the decision; null: none. */
  public @Nullable T newest() {
    return newest;
  }
}
