package dev.penstock.models.engine;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Models in PyTorch's own form, such as users have saved by {@code torch.jit.save}. */
public final class TorchScript {

  private TorchScript() {}

  /** Loads a model whose weights can be trained, unchecked. */
  static Model load(byte[] module, Device device) {
    // Optimizing at run time changes the last digits of the steps after the first few.
    System.setProperty("ai.djl.pytorch.graph_optimizer", "false");
    Model model = Model.newInstance("module", device);
    try {
      Path folder = Files.createTempDirectory("torchscript");
      Path file = folder.resolve("module.pt");
      try {
        Files.write(file, module);
        model.load(folder, "module", Map.of("trainParam", "true", "mapLocation", "true"));
      } finally {
        Files.deleteIfExists(file);
        Files.deleteIfExists(folder);
      }
      return model;
    } catch (IOException e) {
      model.close();
      throw new UncheckedIOException("TorchScript model could not be put aside", e);
    } catch (MalformedModelException | RuntimeException e) {
      model.close();
      throw new IllegalArgumentException("model.file must be TorchScript: " + e.getMessage(), e);
    }
  }

  /**
   * Loads a model whose weights can be trained, and checks it by two samples of zeros.
   *
   * @throws IllegalArgumentException if it does not give {@code outputs} numbers for each
   */
  public static Model load(byte[] module, Device device, Shape inputShape, int outputs) {
    Model model = load(module, device);
    try {
      checkOutputs(model, inputShape, outputs);
      return model;
    } catch (IllegalArgumentException e) {
      model.close();
      throw e;
    }
  }

  private static void checkOutputs(Model model, Shape inputShape, int outputs) {
    Shape expected = new Shape(2, outputs);
    Shape actual;
    try (NDManager scope = model.getNDManager().newSubManager()) {
      NDList zeros = new NDList(scope.zeros(new Shape(2).addAll(inputShape)));
      ParameterStore parameters = new ParameterStore(scope, /* copy= */ false);
      NDList output = model.getBlock().forward(parameters, zeros, /* training= */ false);
      output.attach(scope);
      actual = output.singletonOrThrow().getShape();
    } catch (RuntimeException e) {
      throw new IllegalArgumentException(
          "model.file must take samples of shape " + inputShape + ": " + e.getMessage(), e);
    }
    if (!actual.equals(expected)) {
      throw new IllegalArgumentException(
          "model.file must give " + expected + " for two samples, got " + actual);
    }
  }
}
