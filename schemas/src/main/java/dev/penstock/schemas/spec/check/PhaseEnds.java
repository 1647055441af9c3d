package dev.penstock.schemas.spec.check;

import java.util.List;
import java.util.Optional;

/** Until which triggers the phases of a schedule last, one after the other. */
public final class PhaseEnds {

  private PhaseEnds() {}

  /**
   * Checks that all but the last have an end, each after the one before.
   *
   * @param ends of the phases, in their order; at least one
   * @param predecessor what {@code start} and every end is called that another must be above
   * @param start that the first end must be above
   * @throws IllegalArgumentException if they have not
   */
  public static void check(List<Optional<Long>> ends, String predecessor, long start) {
    long before = start;
    for (int i = 0; i < ends.size(); i++) {
      Optional<Long> until = ends.get(i);
      boolean last = i == ends.size() - 1;
      Fields.check(
          until.isPresent() != last,
          "phases",
          "given an until-trigger but for the last",
          until.<Object>map(trigger -> trigger).orElse("none"));
      if (!last) {
        Fields.above("phases", until.orElseThrow(), predecessor, before);
        before = until.orElseThrow();
      }
    }
  }
}
