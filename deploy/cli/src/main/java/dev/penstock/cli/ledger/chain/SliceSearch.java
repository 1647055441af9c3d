package dev.penstock.cli.ledger.chain;

import dev.penstock.cli.ledger.read.Written;
import dev.penstock.schemas.Decision;
import dev.penstock.schemas.Evaluation;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Finds the slices that a decision's model was first tested on, and the one before, in evaluations
 * that are read newest first.
 */
public final class SliceSearch implements Predicate<Written<Evaluation>> {

  /** Slices that are told. */
  private static final int SLICES = 2;

  private final Decision decision;
  private final String model;
  private final Deque<Evaluation> after = new ArrayDeque<>();
  private @Nullable Evaluation before;

  SliceSearch(Decision decision) {
    this.decision = decision;
    this.model = decision.getPipeline() + "-" + decision.getNumber();
  }

  /** Takes a slice and tells whether an earlier one is wanted. */
  @Override
  public boolean test(Written<Evaluation> written) {
    Evaluation slice = written.message();
    if (!slice.getPipeline().equals(decision.getPipeline())) {
      return true;
    }
    if (slice.getModels().containsKey(model)) {
      after.addFirst(slice);
      if (after.size() > SLICES) {
        after.removeLast();
      }
      return true;
    }
    if (!after.isEmpty()) {
      before = slice.getScored() > 0 ? slice : null;
      return false;
    }
    return slice.getTo() > decision.getSliceTime();
  }

  /** The last slice before the model's first that was scored; null: none. */
  @Nullable Evaluation before() {
    return before;
  }

  /** The model's first slices, in order. */
  List<Evaluation> after() {
    return List.copyOf(after);
  }
}
