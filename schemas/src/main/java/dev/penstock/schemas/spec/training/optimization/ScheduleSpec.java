package dev.penstock.schemas.spec.training.optimization;

import static java.util.Objects.requireNonNull;

import dev.penstock.schemas.spec.check.Fields;
import java.util.List;
import java.util.OptionalInt;

/**
 * How learning rates change over a training, with PyTorch's schedules and defaults ({@code
 * torch.optim.lr_scheduler}). With t the epochs or batches since the warm-up:
 *
 * @param shape of the curve after the warm-up
 * @param per what t counts
 * @param warmUp so many epochs or batches at first in which rates rise linearly
 * @param warmUpFactor of the rates at the very beginning
 */
public record ScheduleSpec(Shape shape, Per per, int warmUp, double warmUpFactor) {

  /** Rates stay as they are. */
  public static final ScheduleSpec CONSTANT =
      new ScheduleSpec(new Shape.Constant(), Per.EPOCH, 0, 1.0 / 3);

  public ScheduleSpec {
    requireNonNull(shape, "shape is null");
    requireNonNull(per, "per is null");
    Fields.check(warmUp >= 0, "warm-up", "not negative", warmUp);
    Fields.check(
        warmUpFactor > 0 && warmUpFactor <= 1, "warm-up-factor", "in (0, 1]", warmUpFactor);
  }

  /** What is counted. */
  public enum Per {
    EPOCH,
    BATCH
  }

  /** A curve. */
  public sealed interface Shape {

    /** 1. */
    record Constant() implements Shape {}

    /** gamma^⌊t / size⌋. */
    record Step(int size, double gamma) implements Shape {

      public Step {
        Fields.atLeast("step-size", size, 1);
        Fields.positive("gamma", gamma);
      }
    }

    /** gamma to the power of the number of milestones up to t. */
    record MultiStep(List<Integer> milestones, double gamma) implements Shape {

      public MultiStep {
        milestones = List.copyOf(milestones);
        Fields.check(
            !milestones.isEmpty() && isAscending(milestones),
            "milestones",
            "positive and ascending",
            milestones);
        Fields.positive("gamma", gamma);
      }

      private static boolean isAscending(List<Integer> numbers) {
        int last = 0;
        for (int number : numbers) {
          if (number <= last) {
            return false;
          }
          last = number;
        }
        return true;
      }
    }

    /** gamma^t. */
    record Exponential(double gamma) implements Shape {

      public Exponential {
        Fields.positive("gamma", gamma);
      }
    }

    /**
     * Half a cosine from the rate down to {@code min} (Loshchilov and Hutter, SGDR, ICLR 2017,
     * without restarts), at t = {@code length}; there it stays.
     *
     * @param length empty: what the training has after its warm-up
     * @param min learning rate at the end
     */
    record Cosine(OptionalInt length, double min) implements Shape {

      public Cosine {
        length.ifPresent(t -> Fields.atLeast("t-max", t, 1));
        Fields.notNegative("eta-min", min);
      }
    }
  }
}
