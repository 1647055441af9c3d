package dev.penstock.worker.optimizer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import dev.penstock.models.InPlace;
import dev.penstock.schemas.spec.training.optimization.OptimizationSpec.Clipping;
import java.util.List;

/** Bounds gradients, as PyTorch's {@code clip_grad_norm_} and {@code clip_grad_value_}. */
final class GradientClipping {

  /** PyTorch's, against a norm of zero. */
  private static final double EPS = 1e-6;

  private GradientClipping() {}

  static void clip(Clipping clipping, List<NDArray> gradients, NDManager manager) {
    if (clipping instanceof Clipping.Norm norm) {
      clipNorm(norm.max(), gradients, manager);
    } else if (clipping instanceof Clipping.Value value) {
      for (NDArray gradient : gradients) {
        try (NDArray clipped = gradient.clip(-value.max(), value.max())) {
          InPlace.copy(clipped, gradient);
        }
      }
    }
  }

  private static void clipNorm(double max, List<NDArray> gradients, NDManager manager) {
    double factor = max / (norm(gradients, manager) + EPS);
    if (factor < 1) {
      gradients.forEach(gradient -> gradient.muli(factor));
    }
  }

  /** Of all gradients together; not finite if one of their numbers is not. */
  static double norm(List<NDArray> gradients, NDManager manager) {
    try (NDManager scope = manager.newSubManager()) {
      NDList norms = new NDList();
      gradients.forEach(gradient -> norms.add(gradient.norm()));
      norms.attach(scope);
      NDArray all = NDArrays.stack(norms);
      all.attach(scope);
      NDArray total = all.norm();
      total.attach(scope);
      return total.getFloat();
    }
  }
}
