package dev.penstock.schemas.spec;

/** The optimizer, with PyTorch's parameters and defaults. */
public sealed interface OptimizerSpec {

  /** Step size. */
  double learningRate();

  /** Stochastic gradient descent. */
  record Sgd(double learningRate, double momentum, double weightDecay) implements OptimizerSpec {

    public Sgd {
      checkPositive(learningRate);
      checkNotNegative("momentum", momentum);
      checkNotNegative("weight-decay", weightDecay);
    }
  }

  /** Adam (Kingma and Ba, 2015). */
  record Adam(double learningRate, double weightDecay) implements OptimizerSpec {

    public Adam {
      checkPositive(learningRate);
      checkNotNegative("weight-decay", weightDecay);
    }
  }

  /** Adam with decoupled weight decay (Loshchilov and Hutter, 2019). */
  record AdamW(double learningRate, double weightDecay) implements OptimizerSpec {

    public AdamW {
      checkPositive(learningRate);
      checkNotNegative("weight-decay", weightDecay);
    }
  }

  private static void checkPositive(double learningRate) {
    if (!(learningRate > 0 && learningRate < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("learning-rate must be positive, got " + learningRate);
    }
  }

  private static void checkNotNegative(String field, double value) {
    if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(field + " must not be negative, got " + value);
    }
  }
}
