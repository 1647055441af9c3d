package dev.penstock.worker.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.training.GradientCollector;
import dev.penstock.schemas.spec.SpecJson;
import dev.penstock.schemas.spec.training.Precision;
import dev.penstock.schemas.spec.training.optimization.OptimizationSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Steps on a network of one weight and one bias beside PyTorch's formulas in double precision. */
final class NetworkOptimizerITCase {

  private static final int STEPS = 6;

  @Test
  void sgd() {
    assertFollows(
        "{type: sgd, learning-rate: 0.1, weight-decay: 0.05}",
        (step, w, g, s) -> w - 0.1 * (g + 0.05 * w));
  }

  @Test
  void sgdWithMomentum() {
    assertFollows(
        "{type: sgd, learning-rate: 0.1, momentum: 0.9, dampening: 0.2, weight-decay: 0.05}",
        (step, w, g, s) -> {
          double decayed = g + 0.05 * w;
          s[0] = step == 1 ? decayed : 0.9 * s[0] + 0.8 * decayed;
          return w - 0.1 * s[0];
        });
  }

  @Test
  void sgdWithNesterovsMomentum() {
    assertFollows(
        "{type: sgd, learning-rate: 0.1, momentum: 0.9, nesterov: true}",
        (step, w, g, s) -> {
          s[0] = 0.9 * s[0] + g;
          return w - 0.1 * (g + 0.9 * s[0]);
        });
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-8, 0.3})
  void adam(double eps) {
    assertFollows(
        "{type: adam, learning-rate: 0.1, weight-decay: 0.05, betas: [0.8, 0.95], eps: %s}"
            .formatted(eps),
        (step, w, g, s) -> w - adam(step, g + 0.05 * w, s, eps));
  }

  @Test
  void adamWShrinksWeightsByRateTimesDecay() {
    assertFollows(
        "{type: adamw, learning-rate: 0.1, weight-decay: 0.05, betas: [0.8, 0.95], eps: 0.3}",
        (step, w, g, s) -> w * (1 - 0.1 * 0.05) - adam(step, g, s, 0.3));
  }

  private static double adam(int step, double g, double[] s, double eps) {
    s[0] = 0.8 * s[0] + 0.2 * g;
    s[1] = 0.95 * s[1] + 0.05 * g * g;
    double mean = s[0] / (1 - Math.pow(0.8, step));
    return 0.1 * mean / (Math.sqrt(s[1] / (1 - Math.pow(0.95, step))) + eps);
  }

  @Test
  void rmsProp() {
    assertFollows(
        "{type: rmsprop, learning-rate: 0.1, weight-decay: 0.05, alpha: 0.9, eps: 0.01}",
        (step, w, g, s) -> {
          double decayed = g + 0.05 * w;
          s[0] = 0.9 * s[0] + 0.1 * decayed * decayed;
          return w - 0.1 * decayed / (Math.sqrt(s[0]) + 0.01);
        });
  }

  @Test
  void centeredRmsPropWithMomentum() {
    assertFollows(
        "{type: rmsprop, learning-rate: 0.1, momentum: 0.5, alpha: 0.9, eps: 0.01, centered: true}",
        (step, w, g, s) -> {
          s[0] = 0.9 * s[0] + 0.1 * g * g;
          s[1] = 0.9 * s[1] + 0.1 * g;
          s[2] = 0.5 * s[2] + g / (Math.sqrt(s[0] - s[1] * s[1]) + 0.01);
          return w - 0.1 * s[2];
        });
  }

  @Test
  void adagrad() {
    assertFollows(
        "{type: adagrad, learning-rate: 0.1, lr-decay: 0.5, initial-accumulator-value: 0.2}",
        (step, w, g, s) -> {
          s[0] = (step == 1 ? 0.2 : s[0]) + g * g;
          return w - 0.1 / (1 + (step - 1) * 0.5) * g / (Math.sqrt(s[0]) + 1e-10);
        });
  }

  @Test
  void schedulesChangeTheRateOfMomentumSgdAsInPyTorch() {
    OptimizationSpec spec =
        spec(
            "optimizer: {type: sgd, learning-rate: 0.1, momentum: 0.9},"
                + " learning-rate-schedule: {type: exponential, gamma: 0.5, per: batch}");

    assertFollows(
        spec,
        (step, w, g, s) -> {
          s[0] = 0.9 * s[0] + g;
          return w - 0.1 * Math.pow(0.5, step - 1) * s[0];
        });
  }

  @Test
  void clipsTheCommonNormOrEachValue() {
    try (OneNeuron neuron = new OneNeuron()) {
      // Gradients are 3 and 1.
      neuron.train(spec("optimizer: {type: sgd, learning-rate: 1}, gradient-clipping: {norm: 1}"));

      assertThat(2 - neuron.weight()).isCloseTo(3 / Math.sqrt(10), within(2e-6));
      assertThat(0 - neuron.bias()).isCloseTo(1 / Math.sqrt(10), within(2e-6));
    }
    try (OneNeuron neuron = new OneNeuron()) {
      neuron.train(spec("optimizer: {type: sgd, learning-rate: 1}, gradient-clipping: {value: 2}"));

      assertThat(2 - neuron.weight()).isCloseTo(2, within(1e-6));
      assertThat(0 - neuron.bias()).isCloseTo(1, within(1e-6));
    }
  }

  @Test
  void groupsHaveRatesOfTheirOwnOrAreFrozen() {
    try (OneNeuron neuron = new OneNeuron()) {
      neuron.train(
          spec(
              "optimizer: {type: sgd, learning-rate: 1}, parameter-groups:"
                  + " {slow: {layers: \"*_weight\", learning-rate: 0.1},"
                  + " rest: {layers: \"*\", frozen: true}}"));

      assertThat(2 - neuron.weight()).isCloseTo(0.3, within(1e-6));
      assertThat(neuron.bias()).isZero();
      assertThatThrownBy(
              () ->
                  neuron.train(
                      spec("parameter-groups: {body: {layers: \"*Conv*\", frozen: true}}")))
          .hasMessage(
              "parameter-groups.body.layers must match one of [01Linear_weight, 01Linear_bias],"
                  + " got *Conv*");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{type: sgd, momentum: 0.9}",
        "{type: adam}",
        "{type: rmsprop, momentum: 0.9, centered: true}",
        "{type: adagrad, lr-decay: 0.1}"
      })
  void goesOnFromItsStateBitForBit(String optimizer) {
    OptimizationSpec spec = spec("optimizer: " + optimizer);
    float[] undisturbed;
    try (OneNeuron neuron = new OneNeuron();
        NetworkOptimizer whole = neuron.optimizer(spec)) {
      for (int step = 0; step < 7; step++) {
        neuron.step(whole, spec, 3 - step);
      }
      undisturbed = new float[] {(float) neuron.weight(), (float) neuron.bias()};
    }
    try (OneNeuron neuron = new OneNeuron()) {
      NetworkOptimizer first = neuron.optimizer(spec);
      for (int step = 0; step < 4; step++) {
        neuron.step(first, spec, 3 - step);
      }
      NetworkOptimizer second = neuron.optimizer(spec);
      second.restore(first.state(), first.steps());
      first.close();
      for (int step = 4; step < 7; step++) {
        neuron.step(second, spec, 3 - step);
      }

      assertThat(new float[] {(float) neuron.weight(), (float) neuron.bias()})
          .containsExactly(undisturbed);
    }
  }

  /** Step, weight, gradient and state to the next weight. */
  private interface Formula {
    double next(int step, double weight, double gradient, double[] state);
  }

  private static void assertFollows(String optimizer, Formula formula) {
    assertFollows(spec("optimizer: " + optimizer), formula);
  }

  private static void assertFollows(OptimizationSpec spec, Formula formula) {
    try (OneNeuron neuron = new OneNeuron();
        NetworkOptimizer optimizer = neuron.optimizer(spec)) {
      double expected = 2;
      double[] state = new double[3];
      for (int step = 1; step <= STEPS; step++) {
        float gradient = step % 2 == 0 ? -0.3f : 0.7f;
        neuron.step(optimizer, spec, gradient);
        expected = formula.next(step, expected, gradient, state);
        assertThat(neuron.weight())
            .as("weight after step %d", step)
            .isCloseTo(expected, within(2e-6));
      }
    }
  }

  private static OptimizationSpec spec(String keys) {
    return SpecJson.readTraining("{model: {type: mlp}, " + keys + "}").optimization();
  }

  /** Weight 2 and bias 0; the loss is its output, so that an input is the weight's gradient. */
  private static final class OneNeuron implements AutoCloseable {

    private final SequentialBlock block =
        new SequentialBlock().add(Linear.builder().setUnits(1).build());
    private final Model model = Model.newInstance("neuron", Device.cpu());

    private OneNeuron() {
      model.setBlock(block);
      block.initialize(model.getNDManager(), DataType.FLOAT32, new Shape(1, 1));
      parameter(0).getArray().set(new float[] {2});
      parameter(1).getArray().set(new float[] {0});
    }

    private Parameter parameter(int index) {
      return block.getParameters().valueAt(index);
    }

    NetworkOptimizer optimizer(OptimizationSpec spec) {
      return new NetworkOptimizer(block.getParameters(), spec, model.getNDManager());
    }

    void train(OptimizationSpec spec) {
      try (NetworkOptimizer optimizer = optimizer(spec)) {
        step(optimizer, spec, 3);
      }
    }

    void step(NetworkOptimizer optimizer, OptimizationSpec spec, float input) {
      try (NDManager scope = model.getNDManager().newSubManager();
          GradientCollector gradients = scope.getEngine().newGradientCollector()) {
        NDArray x = scope.create(new float[] {input}, new Shape(1, 1));
        NDArray product = x.matMul(parameter(0).getArray().transpose());
        product.attach(scope);
        NDArray output = product.add(parameter(1).getArray()).sum();
        output.attach(scope);
        gradients.backward(output);
      }
      optimizer.step(new LearningRates(spec.schedule(), 100), 0, LossScale.of(Precision.FLOAT32));
    }

    double weight() {
      return parameter(0).getArray().toFloatArray()[0];
    }

    double bias() {
      return parameter(1).getArray().toFloatArray()[0];
    }

    @Override
    public void close() {
      model.close();
    }
  }
}
