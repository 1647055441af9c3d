package dev.penstock.cli.ledger.chain;

import dev.penstock.cli.ledger.read.Written;
import dev.penstock.schemas.ArtifactRef;
import dev.penstock.schemas.Decision;
import dev.penstock.schemas.Evaluation;
import dev.penstock.schemas.ModelStatus;
import dev.penstock.schemas.ModelVersion;
import dev.penstock.schemas.Outcome;
import dev.penstock.schemas.TrainingSet;
import dev.penstock.schemas.TrainingTask;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A decision, what was before it and what came of it.
 *
 * @param decision in question
 * @param previousFired the fired decision before it; null: none
 * @param holds decisions between the two
 * @param task that it made; null: none (yet)
 * @param version that the task became; null: none (yet)
 * @param newest the pipeline's newest version; null: none
 * @param before the last slice before the version's first; null: unknown
 * @param after the first slices that the version scored samples of, in order
 */
public record Chain(
    Written<Decision> decision,
    @Nullable Decision previousFired,
    Holds holds,
    @Nullable TrainingTask task,
    @Nullable ModelVersion version,
    @Nullable ModelVersion newest,
    @Nullable Evaluation before,
    List<Evaluation> after) {

  /** How far the chain has come. */
  enum State {
    /** The policy, or a limit, held. */
    HELD,
    /** Fired without a new sample, or without one to select from. */
    NOTHING_TO_TRAIN,
    /** Fired, and the task is not there yet. */
    SELECTING,
    /** The task waits until the version of the task before it is there. */
    QUEUED,
    /** A worker has the task, or none is free. */
    IN_TRAINING,
    TRAINED,
    FAILED
  }

  State state() {
    Decision fired = decision.message();
    if (fired.getOutcome() == Outcome.HELD) {
      return State.HELD;
    }
    if (!trains(fired)) {
      return State.NOTHING_TO_TRAIN;
    }
    if (version != null) {
      return version.getStatus() == ModelStatus.TRAINED ? State.TRAINED : State.FAILED;
    }
    if (task == null) {
      return State.SELECTING;
    }
    String parent = task.getParent();
    boolean next = parent == null || (newest != null && parent.equals(newest.getId()));
    return next ? State.IN_TRAINING : State.QUEUED;
  }

  /**
   * Whether a decision makes a task: only fired ones with new samples do. Decisions of old tell
   * only those since the decision before.
   */
  public static boolean trains(Decision decision) {
    return decision.getOutcome() == Outcome.FIRED
        && Math.max(decision.getNewSamples(), decision.getEvidence()) > 0
        && decision.getWindowSamples() > 0;
  }

  /** Samples that the task selects; empty: no task, or one that keeps its set elsewhere. */
  OptionalLong selected() {
    if (task != null && task.getTrainingSet() instanceof TrainingSet set) {
      return OptionalLong.of(set.getSamples());
    }
    return OptionalLong.empty();
  }

  /** Digest of the task's training set, or of the file that it is stored in. */
  Optional<String> digest() {
    if (task == null) {
      return Optional.empty();
    }
    return Optional.of(
        task.getTrainingSet() instanceof TrainingSet set
            ? set.getDigest()
            : ((ArtifactRef) task.getTrainingSet()).getSha256());
  }

  /** From the decision's being written to the version's being finished, by their clocks. */
  OptionalLong millisToModel() {
    return version == null
        ? OptionalLong.empty()
        : OptionalLong.of(version.getFinishedAt() - decision.at());
  }
}
