package dev.penstock.cli.golden.detector;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** What Penstock has in place of a reference's detector. */
sealed interface Counterpart {

  /** Why there is nothing to compare with. */
  record None(String reason) implements Counterpart {}

  /** A detector that must say what the reference says. */
  non-sealed interface Detecting extends Counterpart {

    /** What it says differently on a stream; empty: nothing. */
    Optional<String> disagreement(double[] stream, JsonNode expected);
  }

  static Counterpart none(String reason) {
    return new None(reason);
  }
}
