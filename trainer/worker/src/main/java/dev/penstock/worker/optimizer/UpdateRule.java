package dev.penstock.worker.optimizer;

import ai.djl.ndarray.NDArray;
import java.util.List;

/** How one parameter follows its gradient: a pure function of what it is given. */
interface UpdateRule {

  /** Names of the arrays that it keeps of each parameter, of the parameter's shape. */
  List<String> states();

  /** What those arrays are filled with at first. */
  default double initialState() {
    return 0;
  }

  /**
   * Updates a parameter in place.
   *
   * @param weight the parameter, without its own gradient
   * @param gradient may be changed; it is cleared afterwards
   * @param states in the order of {@link #states}, updated in place
   * @param pace of this step
   */
  void update(NDArray weight, NDArray gradient, List<NDArray> states, Pace pace);

  /**
   * What changes from step to step, or from group to group.
   *
   * @param rate learning rate
   * @param decay weight decay
   * @param step number of the step, from 1
   */
  record Pace(double rate, double decay, long step) {}

  /** Adds {@code decay} times the weight to the gradient. */
  static void addDecay(NDArray weight, NDArray gradient, double decay) {
    if (decay != 0) {
      try (NDArray part = weight.mul(decay)) {
        gradient.addi(part);
      }
    }
  }

  /** {@code array + factor · addend}, in place. */
  static void add(NDArray array, NDArray addend, double factor) {
    try (NDArray part = addend.mul(factor)) {
      array.addi(part);
    }
  }

  /** {@code decay · array + (1 - decay) · square²}, in place. */
  static void addSquare(NDArray array, NDArray square, double decay) {
    array.muli(decay);
    try (NDArray squared = square.square()) {
      add(array, squared, 1 - decay);
    }
  }
}
