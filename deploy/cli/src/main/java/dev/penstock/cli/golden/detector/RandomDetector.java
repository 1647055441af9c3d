package dev.penstock.cli.golden.detector;

import com.fasterxml.jackson.databind.JsonNode;
import dev.penstock.core.detector.Status;
import dev.penstock.core.detector.ValueDetector;
import java.util.IntSummaryStatistics;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * A detector that draws at random: what the reference saw must be what it sees for some seed, up to
 * one drift more or less.
 *
 * @param detectors by seed
 */
record RandomDetector(IntFunction<ValueDetector> detectors) implements Counterpart.Detecting {

  private static final int SEEDS = 50;

  @Override
  public Optional<String> disagreement(double[] stream, JsonNode expected) {
    IntSummaryStatistics counts = new IntSummaryStatistics();
    for (int seed = 0; seed < SEEDS; seed++) {
      ValueDetector detector = detectors.apply(seed);
      int drifts = 0;
      for (double value : stream) {
        drifts += detector.add(value) == Status.DRIFT ? 1 : 0;
      }
      counts.accept(drifts);
    }
    int wanted = expected.path("n_changes").asInt();
    boolean agrees = wanted >= counts.getMin() - 1 && wanted <= counts.getMax() + 1;
    return agrees
        ? Optional.empty()
        : Optional.of(
            "%d to %d changes for %d seeds, not %d"
                .formatted(counts.getMin(), counts.getMax(), SEEDS, wanted));
  }
}
