package dev.penstock.cli.ledger.chain;

import dev.penstock.schemas.Decision;
import dev.penstock.schemas.Outcome;
import dev.penstock.schemas.Score;
import java.util.List;
import java.util.Optional;

/** Which limit of a pipeline's trigger overruled its policy, read from the reason and scores. */
public final class Guards {

  /** Between the limit's words and the policy's, in the reason of what a limit held. */
  private static final String WITHOUT_IT = "; without it: ";

  /** How the reason ends of what a limit fired. */
  private static final String THE_MOST = "which are the most that are declared";

  /** How the reason ends of what fires when a training has ended. */
  private static final String WAITED = "has ended, for which this one waited";

  private static final String IN_FLIGHT = "in-flight";

  private Guards() {}

  /** The limit as its key in the pipeline's YAML; empty: the policy had its way. */
  public static Optional<String> of(Decision decision) {
    String reason = decision.getReason();
    if (decision.getOutcome() == Outcome.FIRED) {
      if (reason.endsWith(WAITED)) {
        return Optional.of(IN_FLIGHT);
      }
      return reason.endsWith(THE_MOST) ? Optional.of("max-samples") : Optional.empty();
    }
    if (reason.contains(WITHOUT_IT)) {
      return Optional.of(heldBy(decision.getScores()));
    }
    return reason.contains(THE_MOST) ? Optional.of(IN_FLIGHT) : Optional.empty();
  }

  /** What happened, in a sentence. */
  static String sentence(Decision decision) {
    Optional<String> guard = of(decision);
    if (guard.isEmpty()) {
      return "None applied.";
    }
    String reason = decision.getReason();
    if (decision.getOutcome() == Outcome.FIRED) {
      return guard.get() + " fired, whatever the policy would have said.";
    }
    return reason.contains(WITHOUT_IT)
        ? guard.get()
            + " held what the policy had fired: "
            + reason.substring(0, reason.indexOf(WITHOUT_IT))
            + "."
        : guard.get() + " held what max-samples had fired: " + reason + ".";
  }

  /** A limit that holds adds its own figure to the policy's. */
  private static String heldBy(List<Score> scores) {
    String name = scores.isEmpty() ? "limit" : scores.get(scores.size() - 1).getName();
    return switch (name) {
      case "coolDownMillis" -> "cool-down";
      case "samples" -> "min-samples";
      case "settledTrigger" -> IN_FLIGHT;
      default -> name;
    };
  }
}
