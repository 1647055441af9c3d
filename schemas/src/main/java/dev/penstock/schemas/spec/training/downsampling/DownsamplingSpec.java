package dev.penstock.schemas.spec.training.downsampling;

import static java.util.Objects.requireNonNull;

import dev.penstock.schemas.spec.check.Fields;
import dev.penstock.schemas.spec.check.PhaseEnds;
import java.util.List;
import java.util.Optional;

/**
 * Which samples of a training set are trained on, as the trainer chooses them by what the model
 * makes of them.
 *
 * @param warmupTriggers triggers of the pipeline, from its first, that train on all
 * @param phases one downsampler after the other
 */
public record DownsamplingSpec(long warmupTriggers, List<Phase> phases) {

  public DownsamplingSpec {
    phases = List.copyOf(phases);
    Fields.atLeast("warmup-triggers", warmupTriggers, 0);
    Fields.check(!phases.isEmpty(), "phases", "at least one", "none");
    PhaseEnds.check(
        phases.stream().map(Phase::untilTrigger).toList(),
        "the until-trigger before or warmup-triggers",
        warmupTriggers);
  }

  /** One downsampler, from the first trigger after the warm-up. */
  public static DownsamplingSpec of(long warmupTriggers, DownsamplerSpec downsampler) {
    return new DownsamplingSpec(warmupTriggers, List.of(new Phase(Optional.empty(), downsampler)));
  }

  /**
   * A downsampler of a schedule.
   *
   * @param untilTrigger last trigger at which it is used, counted from 1; empty: it is the last
   */
  public record Phase(Optional<Long> untilTrigger, DownsamplerSpec downsampler) {

    public Phase {
      requireNonNull(untilTrigger, "untilTrigger is null");
      requireNonNull(downsampler, "downsampler is null");
    }
  }

  /** Whether some downsampler needs a classifier. */
  public boolean needsClasses() {
    return phases.stream()
        .map(Phase::downsampler)
        .anyMatch(downsampler -> downsampler.perClass() || downsampler.method().needsClasses());
  }

  /** Whether some downsampler needs what the last layer is given. */
  public boolean looksIntoTheModel() {
    return phases.stream().anyMatch(phase -> phase.downsampler().method().looksIntoTheModel());
  }

  public void checkBatch(int batchSize) {
    phases.forEach(phase -> phase.downsampler().checkBatch(batchSize));
  }
}
