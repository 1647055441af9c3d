package dev.penstock.core.trigger;

import dev.penstock.core.block.ModelInUse;
import java.util.List;

/** Turns samples into what a model makes of them before its last layer. */
@FunctionalInterface
public interface Embedder {

  /** Of a policy that does not look at embeddings. */
  Embedder NONE =
      (model, payloads) -> {
        throw new IllegalStateException("No embeddings here");
      };

  /**
   * Embeds samples. The same model and samples give the same embeddings, bit for bit.
   *
   * @param payloads as the dataset declares them
   * @return for each its activations
   */
  float[][] embed(ModelInUse model, List<byte[]> payloads);
}
