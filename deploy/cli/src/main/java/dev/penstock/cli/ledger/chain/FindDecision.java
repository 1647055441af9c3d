package dev.penstock.cli.ledger.chain;

import dev.penstock.cli.ledger.read.Written;
import dev.penstock.cli.text.Figures;
import dev.penstock.schemas.Decision;
import dev.penstock.schemas.Outcome;
import dev.penstock.schemas.spec.yaml.NearestWord;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Finds a decision, and what was held before it, in a ledger that is read newest first. */
public final class FindDecision implements Predicate<Written<Decision>> {

  private final String pipeline;
  private final OptionalLong number;
  private final SortedSet<String> others = new TreeSet<>();
  private final Holds holds = new Holds();
  private long newest;
  private @Nullable Written<Decision> decision;
  private @Nullable Decision previousFired;

  /**
   * A search.
   *
   * @param number of the decision; empty: the last fired one
   */
  FindDecision(String pipeline, OptionalLong number) {
    this.pipeline = pipeline;
    this.number = number;
  }

  /** Takes a decision and tells whether an earlier one is wanted. */
  @Override
  public boolean test(Written<Decision> written) {
    Decision candidate = written.message();
    if (!candidate.getPipeline().equals(pipeline)) {
      others.add(candidate.getPipeline());
      return true;
    }
    newest = Math.max(newest, candidate.getNumber());
    boolean fired = candidate.getOutcome() == Outcome.FIRED;
    if (decision == null) {
      if (number.isPresent() ? candidate.getNumber() == number.getAsLong() : fired) {
        decision = written;
        return candidate.getNumber() > 1;
      }
      return candidate.getNumber() > Math.max(1, number.orElse(1));
    }
    if (fired) {
      previousFired = candidate;
      return false;
    }
    holds.add(candidate);
    return candidate.getNumber() > 1;
  }

  /**
   * The decision.
   *
   * @throws IllegalArgumentException if there is none: it says which there are
   */
  Written<Decision> decision() {
    if (decision != null) {
      return decision;
    }
    if (newest == 0) {
      throw unknownPipeline(pipeline, others);
    }
    throw new IllegalArgumentException(
        number.isPresent()
            ? "decision of pipeline "
                + pipeline
                + " must be from 1 to "
                + newest
                + ", got "
                + number.getAsLong()
            : "Pipeline "
                + pipeline
                + " has not fired yet, in "
                + Figures.count(newest, "decision")
                + "; name one of them to see why it was held");
  }

  /** An error that says which pipelines there are, and which was probably meant. */
  public static IllegalArgumentException unknownPipeline(String pipeline, SortedSet<String> known) {
    String hint =
        NearestWord.of(pipeline, known)
            .map(nearest -> "; did you mean " + nearest + "?")
            .orElse("");
    return new IllegalArgumentException(
        "pipeline must be one with decisions"
            + (known.isEmpty() ? ", of which there is none yet" : ": " + String.join(", ", known))
            + ", got "
            + pipeline
            + hint);
  }

  /** The fired decision before it; null: none. */
  @Nullable Decision previousFired() {
    return previousFired;
  }

  /** Those held between the two. */
  Holds holds() {
    return holds;
  }
}
