package dev.penstock.schemas.spec.training.optimization;

import static java.util.Objects.requireNonNull;

import dev.penstock.schemas.spec.check.Fields;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How weights follow gradients.
 *
 * @param optimizer the optimizer
 * @param groups parameters that are treated apart, by name; the first that matches counts
 * @param schedule how the learning rates change
 * @param clipping bound of the gradients; empty: none
 */
public record OptimizationSpec(
    OptimizerSpec optimizer,
    Map<String, Group> groups,
    ScheduleSpec schedule,
    Optional<Clipping> clipping) {

  public OptimizationSpec {
    requireNonNull(optimizer, "optimizer is null");
    groups = Collections.unmodifiableMap(new LinkedHashMap<>(groups));
    requireNonNull(schedule, "schedule is null");
    requireNonNull(clipping, "clipping is null");
  }

  /**
   * Parameters that are treated apart.
   *
   * @param layers pattern of their names: {@code *} is any text, {@code ?} a character
   * @param learningRate in place of the optimizer's; empty: that one
   * @param weightDecay in place of the optimizer's; empty: that one
   * @param frozen whether they stay as they are
   */
  public record Group(
      String layers, OptionalDouble learningRate, OptionalDouble weightDecay, boolean frozen) {

    public Group {
      Fields.check(!layers.isBlank(), "layers", "a pattern of names", layers);
      learningRate.ifPresent(rate -> Fields.positive("learning-rate", rate));
      weightDecay.ifPresent(decay -> Fields.notNegative("weight-decay", decay));
      if (frozen && (learningRate.isPresent() || weightDecay.isPresent())) {
        throw new IllegalArgumentException(
            "frozen must not be with a learning-rate or weight-decay, got true");
      }
    }
  }

  /** A bound of the gradients of a step, before the optimizer sees them. */
  public sealed interface Clipping {

    /** All gradients are scaled down so that their common Euclidean norm is at most {@code max}. */
    record Norm(double max) implements Clipping {

      public Norm {
        Fields.positive("norm", max);
      }
    }

    /** Each gradient is cut to [-max, max]. */
    record Value(double max) implements Clipping {

      public Value {
        Fields.positive("value", max);
      }
    }
  }
}
