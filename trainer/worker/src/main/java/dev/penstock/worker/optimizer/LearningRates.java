package dev.penstock.worker.optimizer;

import dev.penstock.schemas.spec.training.optimization.ScheduleSpec;
import dev.penstock.schemas.spec.training.optimization.ScheduleSpec.Per;
import dev.penstock.schemas.spec.training.optimization.ScheduleSpec.Shape;

/**
 * Learning rates by the closed forms of PyTorch's schedulers: a function of how far a training has
 * come, so that there is no state to be saved.
 *
 * @param schedule the curve
 * @param length epochs or batches of the whole training, for a curve that lasts as long
 */
public record LearningRates(ScheduleSpec schedule, long length) {

  /**
   * Whether {@link #length} matters, and in batches: these cannot be counted before all samples are
   * there.
   */
  public static boolean needNumberOfBatches(ScheduleSpec schedule) {
    return schedule.per() == Per.BATCH
        && schedule.shape() instanceof Shape.Cosine cosine
        && cosine.length().isEmpty();
  }

  /** The rates of a training of so many epochs and batches. */
  public static LearningRates of(ScheduleSpec schedule, long epochs, long batches) {
    return new LearningRates(schedule, schedule.per() == Per.EPOCH ? epochs : batches);
  }

  /**
   * The rate of a step.
   *
   * @param base rate of the optimizer or group
   * @param epochs that are over
   * @param steps that are over
   */
  public double rate(double base, long epochs, long steps) {
    long done = schedule.per() == Per.EPOCH ? epochs : steps;
    int warmUp = schedule.warmUp();
    if (done < warmUp) {
      double first = schedule.warmUpFactor();
      return base * (first + (1 - first) * (double) done / warmUp);
    }
    return after(base, done - warmUp);
  }

  private double after(double base, long t) {
    Shape shape = schedule.shape();
    if (shape instanceof Shape.Constant) {
      return base;
    }
    if (shape instanceof Shape.Step step) {
      long passed = t / step.size();
      return base * Math.pow(step.gamma(), (double) passed);
    }
    if (shape instanceof Shape.MultiStep steps) {
      long passed = steps.milestones().stream().filter(milestone -> milestone <= t).count();
      return base * Math.pow(steps.gamma(), (double) passed);
    }
    if (shape instanceof Shape.Exponential exponential) {
      return base * Math.pow(exponential.gamma(), (double) t);
    }
    if (shape instanceof Shape.Cosine cosine) {
      long fall =
          cosine.length().isPresent()
              ? cosine.length().getAsInt()
              : Math.max(1, length - schedule.warmUp());
      double share = Math.min(1, (double) t / fall);
      return cosine.min() + (base - cosine.min()) * (1 + Math.cos(Math.PI * share)) / 2;
    }
    throw new IllegalArgumentException("No learning rates for " + shape);
  }
}
