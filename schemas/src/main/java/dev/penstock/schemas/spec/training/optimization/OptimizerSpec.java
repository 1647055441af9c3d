package dev.penstock.schemas.spec.training.optimization;

import dev.penstock.schemas.spec.check.Fields;

/**
 * The optimizer, with PyTorch's parameters and defaults (Paszke et al., PyTorch, NeurIPS 2019;
 * module {@code torch.optim}).
 */
public sealed interface OptimizerSpec {

  /** Step size. */
  double learningRate();

  /** Share of a weight that is added to its gradient, or by AdamW taken from the weight. */
  double weightDecay();

  /**
   * Stochastic gradient descent (Robbins and Monro, 1951; momentum as in Sutskever et al., ICML
   * 2013).
   *
   * @param momentum share of the last step that goes on
   * @param dampening share of the gradient that does not go into the momentum
   * @param nesterov whether the gradient is looked ahead along the momentum
   */
  record Sgd(
      double learningRate, double weightDecay, double momentum, double dampening, boolean nesterov)
      implements OptimizerSpec {

    public Sgd {
      check(learningRate, weightDecay);
      Fields.notNegative("momentum", momentum);
      Fields.notNegative("dampening", dampening);
      if (nesterov && (momentum == 0 || dampening != 0)) {
        throw new IllegalArgumentException(
            "nesterov must have a momentum and no dampening, got true; set momentum: 0.9");
      }
    }
  }

  /** Adam (Kingma and Ba, ICLR 2015). */
  record Adam(double learningRate, double weightDecay, Moments moments) implements OptimizerSpec {

    public Adam {
      check(learningRate, weightDecay);
    }
  }

  /** Adam with decoupled weight decay (Loshchilov and Hutter, ICLR 2019). */
  record AdamW(double learningRate, double weightDecay, Moments moments) implements OptimizerSpec {

    public AdamW {
      check(learningRate, weightDecay);
    }
  }

  /**
   * What Adam keeps of the past.
   *
   * @param beta1 decay of the mean gradient
   * @param beta2 decay of the mean squared gradient
   * @param eps added to the root of the latter
   */
  record Moments(double beta1, double beta2, double eps) {

    public Moments {
      Fields.check(beta1 >= 0 && beta1 < 1, "betas", "in [0, 1)", beta1);
      Fields.check(beta2 >= 0 && beta2 < 1, "betas", "in [0, 1)", beta2);
      Fields.positive("eps", eps);
    }
  }

  /**
   * RMSprop (Tieleman and Hinton, 2012; centered as in Graves, 2013).
   *
   * @param alpha decay of the mean squared gradient
   * @param eps added to its root
   * @param momentum share of the last step that goes on
   * @param centered whether the mean gradient's square is taken off
   */
  record RmsProp(
      double learningRate,
      double weightDecay,
      double alpha,
      double eps,
      double momentum,
      boolean centered)
      implements OptimizerSpec {

    public RmsProp {
      check(learningRate, weightDecay);
      Fields.check(alpha >= 0 && alpha < 1, "alpha", "in [0, 1)", alpha);
      Fields.positive("eps", eps);
      Fields.notNegative("momentum", momentum);
    }
  }

  /**
   * Adagrad (Duchi et al., JMLR 2011).
   *
   * @param learningRateDecay the rate is divided by 1 + so much a step
   * @param initialAccumulator what the sums of squared gradients begin with
   * @param eps added to their roots
   */
  record Adagrad(
      double learningRate,
      double weightDecay,
      double learningRateDecay,
      double initialAccumulator,
      double eps)
      implements OptimizerSpec {

    public Adagrad {
      check(learningRate, weightDecay);
      Fields.notNegative("lr-decay", learningRateDecay);
      Fields.notNegative("initial-accumulator-value", initialAccumulator);
      Fields.positive("eps", eps);
    }
  }

  private static void check(double learningRate, double weightDecay) {
    Fields.positive("learning-rate", learningRate);
    Fields.notNegative("weight-decay", weightDecay);
  }
}
