package dev.penstock.cli.ledger.chain;

import dev.penstock.schemas.Decision;
import dev.penstock.schemas.Score;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Held decisions in a row, of which there may be many: only what is told of them is kept. */
public final class Holds {

  private final Map<String, Long> byGuard = new TreeMap<>();
  private long count;
  private @Nullable Closest closest;

  /**
   * The score that was nearest to its threshold.
   *
   * @param decision number of the decision
   * @param score of it
   */
  record Closest(long decision, Score score) {}

  /** Takes a held decision. What a limit held was no near miss: its scores had reached. */
  void add(Decision decision) {
    count++;
    Optional<String> guard = Guards.of(decision);
    if (guard.isPresent()) {
      byGuard.merge(guard.get(), 1L, Long::sum);
    } else {
      Scores.closest(decision).ifPresent(score -> consider(decision.getNumber(), score));
    }
  }

  private void consider(long decision, Score score) {
    if (closest == null || Scores.distance(score) < Scores.distance(closest.score)) {
      closest = new Closest(decision, score);
    }
  }

  long count() {
    return count;
  }

  /** How many a limit held, by its key in the pipeline's YAML. */
  Map<String, Long> byGuard() {
    return byGuard;
  }

  Optional<Closest> closest() {
    return Optional.ofNullable(closest);
  }
}
