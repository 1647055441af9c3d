package dev.penstock.worker.optimizer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Parameter;
import ai.djl.nn.ParameterList;
import ai.djl.util.Pair;
import dev.penstock.models.InPlace;
import dev.penstock.models.Tensor;
import dev.penstock.schemas.spec.training.optimization.OptimizationSpec;
import dev.penstock.schemas.spec.training.optimization.OptimizationSpec.Group;
import dev.penstock.worker.optimizer.UpdateRule.Pace;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Updates a network's parameters, each by the settings of its group, one step at a time. */
public final class NetworkOptimizer implements AutoCloseable {

  private final OptimizationSpec spec;
  private final UpdateRule rule;
  private final NDManager manager;
  private final List<Trained> trained = new ArrayList<>();
  private long steps;

  /**
   * A parameter that is trained.
   *
   * @param array the network's, with its gradient
   * @param weight the same memory, outside of the gradient's graph
   * @param states what the optimizer keeps of it
   */
  private record Trained(
      String name,
      NDArray array,
      NDArray weight,
      List<NDArray> states,
      double rate,
      double decay) {}

  /**
   * An optimizer at its first step; freezes parameters of frozen groups.
   *
   * @param parameters of the network, initialized
   * @param parent manager on their device
   * @throws IllegalArgumentException if a group has no parameter
   */
  public NetworkOptimizer(ParameterList parameters, OptimizationSpec spec, NDManager parent) {
    this.spec = spec;
    this.rule = UpdateRules.of(spec.optimizer());
    this.manager = parent.newSubManager();
    Map<String, Group> groups = groups(parameters, spec.groups());
    for (Pair<String, Parameter> named : parameters) {
      Optional<Group> group = Optional.ofNullable(groups.get(named.getKey()));
      if (group.isPresent() && group.get().frozen()) {
        named.getValue().freeze(/* freeze= */ true);
      } else if (named.getValue().requiresGradient()) {
        trained.add(trained(named.getKey(), named.getValue().getArray(), group));
      }
    }
    if (trained.isEmpty()) {
      throw new IllegalArgumentException("parameter-groups must leave a parameter to train");
    }
  }

  private Trained trained(String name, NDArray array, Optional<Group> group) {
    NDArray weight = array.stopGradient();
    weight.attach(manager);
    array.setRequiresGradient(/* requiresGrad= */ true);
    List<NDArray> states = new ArrayList<>();
    for (int i = 0; i < rule.states().size(); i++) {
      states.add(manager.full(array.getShape(), (float) rule.initialState()));
    }
    return new Trained(
        name,
        array,
        weight,
        states,
        group
            .flatMap(g -> g.learningRate().stream().boxed().findFirst())
            .orElse(spec.optimizer().learningRate()),
        group
            .flatMap(g -> g.weightDecay().stream().boxed().findFirst())
            .orElse(spec.optimizer().weightDecay()));
  }

  /** The group of each parameter that is in one: the first that matches. */
  private static Map<String, Group> groups(ParameterList parameters, Map<String, Group> declared) {
    Map<String, Group> groups = new LinkedHashMap<>();
    declared.forEach(
        (name, group) -> {
          Pattern pattern = pattern(group.layers());
          List<String> matching =
              parameters.keys().stream().filter(key -> pattern.matcher(key).matches()).toList();
          if (matching.isEmpty()) {
            throw new IllegalArgumentException(
                "parameter-groups."
                    + name
                    + ".layers must match one of "
                    + parameters.keys()
                    + ", got "
                    + group.layers());
          }
          matching.forEach(key -> groups.putIfAbsent(key, group));
        });
    return groups;
  }

  private static Pattern pattern(String layers) {
    String regex = Pattern.quote(layers).replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q");
    return Pattern.compile(regex);
  }

  /** Number of steps so far. */
  public long steps() {
    return steps;
  }

  /**
   * Updates the parameters by the gradients that have gathered, and clears these.
   *
   * @param epochs that are over
   * @param scale of the gradients; is told whether they were finite: else nothing is updated
   */
  public void step(LearningRates rates, long epochs, LossScale scale) {
    List<NDArray> gradients = trained.stream().map(each -> each.array.getGradient()).toList();
    try {
      if (!scale.isDynamic()) {
        update(gradients, rates, epochs);
      } else if (Double.isFinite(GradientClipping.norm(gradients, manager))) {
        gradients.forEach(gradient -> gradient.divi(scale.factor()));
        update(gradients, rates, epochs);
        scale.stepped();
      } else {
        scale.overflowed();
        gradients.forEach(NetworkOptimizer::clear);
      }
    } finally {
      gradients.forEach(NDArray::close);
    }
  }

  private void update(List<NDArray> gradients, LearningRates rates, long epochs) {
    long over = steps++;
    spec.clipping().ifPresent(c -> GradientClipping.clip(c, gradients, manager));
    for (int i = 0; i < gradients.size(); i++) {
      Trained each = trained.get(i);
      double rate = rates.rate(each.rate, epochs, over);
      NDArray gradient = gradients.get(i);
      rule.update(each.weight, gradient, each.states, new Pace(rate, each.decay, steps));
      gradient.subi(gradient);
    }
  }

  /** Clears what is not finite: less itself it would not be 0. */
  private static void clear(NDArray gradient) {
    try (NDArray zeros = gradient.zerosLike()) {
      InPlace.copy(zeros, gradient);
    }
  }

  /** What it keeps of the parameters, as tensors named {@code <parameter>/<state>}. */
  public SortedMap<String, Tensor> state() {
    SortedMap<String, Tensor> state = new TreeMap<>();
    for (Trained each : trained) {
      for (int i = 0; i < each.states.size(); i++) {
        state.put(each.name + "/" + rule.states().get(i), Tensor.of(each.states.get(i)));
      }
    }
    return state;
  }

  /**
   * Goes on where another one was.
   *
   * @param state what that one's {@link #state} gave, maybe among others
   * @param newSteps its number of steps
   */
  public void restore(SortedMap<String, Tensor> state, long newSteps) {
    for (Trained each : trained) {
      for (int i = 0; i < each.states.size(); i++) {
        String name = each.name + "/" + rule.states().get(i);
        Tensor tensor = state.get(name);
        if (tensor == null) {
          throw new IllegalArgumentException("state must have " + name + ", got none");
        }
        tensor.copyTo(each.states.get(i));
      }
    }
    steps = newSteps;
  }

  @Override
  public void close() {
    manager.close();
  }
}
