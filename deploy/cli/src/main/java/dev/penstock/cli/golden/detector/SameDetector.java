package dev.penstock.cli.golden.detector;

import com.fasterxml.jackson.databind.JsonNode;
import dev.penstock.core.detector.Adwin;
import dev.penstock.core.detector.Detector;
import dev.penstock.core.detector.ErrorDetector;
import dev.penstock.core.detector.Status;
import dev.penstock.core.detector.ValueDetector;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A detector by the same algorithm: it must say the same at the same samples.
 *
 * @param detector not used yet
 * @param warnings how the reference shows them
 * @param estimate whether the reference means the same by its estimate
 */
record SameDetector(Detector detector, Warnings warnings, Estimate estimate)
    implements Counterpart.Detecting {

  /** Room for sums in another order. */
  private static final double TOLERANCE = 1e-9;

  /** How a reference shows warnings. */
  enum Warnings {
    /** At every sample; beside a drift, too. */
    SHOWN,
    /** At errors only. */
    AT_ERRORS,
    /** It has them, but the collection does not. */
    HIDDEN
  }

  /** Whether a reference's estimate is compared. */
  enum Estimate {
    COMPARED,
    NONE
  }

  static SameDetector of(Detector detector) {
    return new SameDetector(detector, Warnings.SHOWN, Estimate.COMPARED);
  }

  @Override
  public Optional<String> disagreement(double[] stream, JsonNode expected) {
    List<Integer> changes = new ArrayList<>();
    List<Integer> warned = new ArrayList<>();
    Status status = Status.STABLE;
    for (int i = 0; i < stream.length; i++) {
      status = add(stream[i]);
      if (status == Status.DRIFT) {
        changes.add(i);
      } else if (status == Status.WARNING && (warnings != Warnings.AT_ERRORS || stream[i] == 1)) {
        warned.add(i);
      }
    }
    // Some references forget at a drift itself, not at the next sample.
    Status last = status;
    return listDisagreement("change", changes, expected, Set.of())
        .or(
            () ->
                warnings == Warnings.HIDDEN
                    ? Optional.empty()
                    : listDisagreement("warning", warned, expected, new HashSet<>(changes)))
        .or(() -> last == Status.DRIFT ? Optional.empty() : stateDisagreement(expected));
  }

  private Status add(double value) {
    if (detector instanceof ValueDetector values) {
      return values.add(value);
    }
    if (value != 0 && value != 1) {
      throw new IllegalArgumentException("an error must be 0 or 1, got " + value);
    }
    return ((ErrorDetector) detector).add(value == 1);
  }

  /** The reference's list may end early; its length is given beside it. */
  private static Optional<String> listDisagreement(
      String what, List<Integer> actual, JsonNode expected, Set<Integer> besides) {
    List<Integer> wanted = new ArrayList<>();
    expected.path(what + "_indices").forEach(index -> wanted.add(index.asInt()));
    int count = expected.path("n_" + what + "s").asInt(wanted.size());
    boolean whole = wanted.size() == count;
    wanted.removeAll(besides);
    boolean agrees =
        whole
            ? actual.equals(wanted)
            : actual.size() <= count
                && actual.size() >= count - besides.size()
                && actual.subList(0, Math.min(wanted.size(), actual.size())).equals(wanted);
    return agrees
        ? Optional.empty()
        : Optional.of(what + "s at " + shortened(actual) + ", not " + shortened(wanted));
  }

  private static String shortened(List<Integer> indices) {
    int shown = 12;
    return indices.size() <= shown
        ? indices.toString()
        : indices.subList(0, shown) + "... (" + indices.size() + ")";
  }

  private Optional<String> stateDisagreement(JsonNode expected) {
    Optional<String> difference =
        estimate == Estimate.COMPARED
            ? difference("final_estimation", detector.estimate(), expected)
            : Optional.empty();
    if (detector instanceof Adwin adwin) {
      difference =
          difference
              .or(() -> difference("final_width", (double) adwin.width(), expected))
              .or(() -> difference("final_total", adwin.total(), expected))
              .or(
                  () ->
                      difference("final_variance_sum", adwin.variance() * adwin.width(), expected));
    }
    return difference;
  }

  private static Optional<String> difference(String name, double actual, JsonNode expected) {
    if (!expected.has(name)) {
      return Optional.empty();
    }
    double wanted = expected.path(name).asDouble();
    boolean agrees = Math.abs(actual - wanted) <= TOLERANCE * Math.max(1, Math.abs(wanted));
    return agrees ? Optional.empty() : Optional.of(name + " " + actual + ", not " + wanted);
  }
}
