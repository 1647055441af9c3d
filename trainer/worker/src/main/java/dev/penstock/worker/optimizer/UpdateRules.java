package dev.penstock.worker.optimizer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import dev.penstock.schemas.spec.training.optimization.OptimizerSpec;
import java.util.List;

/**
 * The steps of PyTorch's optimizers, as its documentation of {@code torch.optim} gives them. The
 * engine's own optimizers keep their state to themselves, have no RMSprop or Adagrad, scale the
 * momentum of SGD by the learning rate of the past, and do not correct Adam's eps for its bias.
 */
final class UpdateRules {

  private static final List<String> MOMENTUM = List.of("momentum");

  private UpdateRules() {}

  static UpdateRule of(OptimizerSpec spec) {
    if (spec instanceof OptimizerSpec.Sgd sgd) {
      return new Sgd(sgd);
    }
    if (spec instanceof OptimizerSpec.Adam adam) {
      return new Adam(adam.moments(), /* decoupled= */ false);
    }
    if (spec instanceof OptimizerSpec.AdamW adamW) {
      return new Adam(adamW.moments(), /* decoupled= */ true);
    }
    if (spec instanceof OptimizerSpec.RmsProp rmsProp) {
      return new RmsProp(rmsProp);
    }
    if (spec instanceof OptimizerSpec.Adagrad adagrad) {
      return new Adagrad(adagrad);
    }
    throw new IllegalArgumentException("No optimizer for " + spec);
  }

  private record Sgd(OptimizerSpec.Sgd spec) implements UpdateRule {

    @Override
    public List<String> states() {
      return spec.momentum() == 0 ? List.of() : MOMENTUM;
    }

    @Override
    public void update(NDArray weight, NDArray gradient, List<NDArray> states, Pace pace) {
      UpdateRule.addDecay(weight, gradient, pace.decay());
      if (spec.momentum() == 0) {
        UpdateRule.add(weight, gradient, -pace.rate());
        return;
      }
      NDArray momentum = states.get(0);
      momentum.muli(spec.momentum());
      // The first gradient is the first momentum, whatever the dampening.
      UpdateRule.add(momentum, gradient, pace.step() == 1 ? 1 : 1 - spec.dampening());
      if (spec.nesterov()) {
        UpdateRule.add(gradient, momentum, spec.momentum());
        UpdateRule.add(weight, gradient, -pace.rate());
      } else {
        UpdateRule.add(weight, momentum, -pace.rate());
      }
    }
  }

  private record Adam(OptimizerSpec.Moments spec, boolean decoupled) implements UpdateRule {

    @Override
    public List<String> states() {
      return List.of("mean", "variance");
    }

    /**
     * By the engine's fused kernel, which divides by √v + eps where PyTorch divides by √(v / c) +
     * eps, c = 1 - beta2^t, and has √c in the rate: with eps · √c it is the same.
     */
    @Override
    public void update(NDArray weight, NDArray gradient, List<NDArray> states, Pace pace) {
      double meanCorrection = 1 - Math.pow(spec.beta1(), (double) pace.step());
      double rootCorrection = Math.sqrt(1 - Math.pow(spec.beta2(), (double) pace.step()));
      weight
          .getNDArrayInternal()
          .adamUpdate(
              new NDList(weight, gradient, states.get(0), states.get(1)),
              new NDList(weight),
              (float) pace.rate(),
              (float) (pace.rate() * rootCorrection / meanCorrection),
              (float) pace.decay(),
              /* rescaleGrad= */ 1,
              /* clipGrad= */ -1,
              (float) spec.beta1(),
              (float) spec.beta2(),
              (float) (spec.eps() * rootCorrection),
              /* lazyUpdate= */ false,
              decoupled);
    }
  }

  private record RmsProp(OptimizerSpec.RmsProp spec) implements UpdateRule {

    @Override
    public List<String> states() {
      return List.of("square", "mean", "momentum")
          .subList(0, spec.momentum() > 0 ? 3 : spec.centered() ? 2 : 1);
    }

    @Override
    public void update(NDArray weight, NDArray gradient, List<NDArray> states, Pace pace) {
      UpdateRule.addDecay(weight, gradient, pace.decay());
      UpdateRule.addSquare(states.get(0), gradient, spec.alpha());
      try (NDArray root = root(states, gradient)) {
        gradient.divi(root);
      }
      if (spec.momentum() > 0) {
        NDArray momentum = states.get(2);
        momentum.muli(spec.momentum()).addi(gradient);
        UpdateRule.add(weight, momentum, -pace.rate());
      } else {
        UpdateRule.add(weight, gradient, -pace.rate());
      }
    }

    private NDArray root(List<NDArray> states, NDArray gradient) {
      if (!spec.centered()) {
        NDArray root = states.get(0).sqrt();
        root.addi(spec.eps());
        return root;
      }
      NDArray mean = states.get(1);
      mean.muli(spec.alpha());
      UpdateRule.add(mean, gradient, 1 - spec.alpha());
      try (NDArray squaredMean = mean.square();
          NDArray variance = states.get(0).sub(squaredMean)) {
        NDArray root = variance.sqrt();
        root.addi(spec.eps());
        return root;
      }
    }
  }

  private record Adagrad(OptimizerSpec.Adagrad spec) implements UpdateRule {

    @Override
    public List<String> states() {
      return List.of("sum");
    }

    @Override
    public double initialState() {
      return spec.initialAccumulator();
    }

    @Override
    public void update(NDArray weight, NDArray gradient, List<NDArray> states, Pace pace) {
      double rate = pace.rate() / (1 + (double) (pace.step() - 1) * spec.learningRateDecay());
      UpdateRule.addDecay(weight, gradient, pace.decay());
      try (NDArray squared = gradient.square()) {
        states.get(0).addi(squared);
      }
      try (NDArray root = states.get(0).sqrt()) {
        root.addi(spec.eps());
        gradient.divi(root);
      }
      UpdateRule.add(weight, gradient, -rate);
    }
  }
}
