package dev.penstock.worker.training;

import dev.penstock.schemas.spec.training.CheckpointSpec;
import java.util.Optional;

/** When a training is saved, and where. */
final class Saving {

  private final Optional<CheckpointSpec> spec;
  private final Checkpoint checkpoint;
  private long savedAt = System.nanoTime();
  private long savedSteps;

  Saving(Optional<CheckpointSpec> spec, Checkpoint checkpoint) {
    this.spec = spec;
    this.checkpoint = checkpoint;
  }

  Checkpoint checkpoint() {
    return checkpoint;
  }

  /** Whether it is time, after so many steps. */
  boolean isDue(long steps) {
    if (spec.isEmpty()) {
      return false;
    }
    if (spec.get() instanceof CheckpointSpec.Steps counted) {
      boolean due = steps / counted.every() > savedSteps / counted.every();
      savedSteps = due ? steps : savedSteps;
      return due;
    }
    long now = System.nanoTime();
    if (spec.get() instanceof CheckpointSpec.Time time && now - savedAt >= time.every().toNanos()) {
      savedAt = now;
      return true;
    }
    return false;
  }
}
