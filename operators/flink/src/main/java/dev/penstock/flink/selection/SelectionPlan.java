package dev.penstock.flink.selection;

import dev.penstock.core.sampling.SampleHash;
import dev.penstock.core.selection.BottomK;
import dev.penstock.schemas.Decision;
import dev.penstock.schemas.spec.PipelineSpec;
import dev.penstock.schemas.spec.SelectionSpec;
import dev.penstock.schemas.spec.SelectionSpec.Keep;
import dev.penstock.schemas.spec.SelectionSpec.Limit;
import java.util.Optional;

/**
 * What a pipeline selects at a decision: the same for selectors and assembler.
 *
 * @param size samples of the training set
 * @param bottomK thresholds of the random choice; empty: all of the window
 * @param taskSeed seed of the training task
 */
record SelectionPlan(long size, Optional<BottomK> bottomK, long taskSeed) {

  /** Keeps the choice of samples independent of what the training draws from the same seed. */
  private static final long SELECTION = 1;

  static SelectionPlan of(PipelineSpec pipeline, Decision decision) {
    if (!(pipeline.selection() instanceof SelectionSpec.NewData newData)) {
      throw new IllegalArgumentException("No selection for " + pipeline.selection());
    }
    long window = decision.getWindowSamples();
    long seed = SampleHash.derive(pipeline.training().seed(), decision.getNumber());
    Optional<Limit> random = newData.limit().filter(limit -> limit.keep() == Keep.RANDOM);
    // The last ones are all of a window that the trigger has cut short.
    long size = random.map(limit -> Math.min(limit.samples(), window)).orElse(window);
    return new SelectionPlan(size, random.map(limit -> BottomK.of(size, window)), seed);
  }

  long selectionSeed() {
    return SampleHash.derive(taskSeed, SELECTION);
  }
}
