package dev.penstock.models.store;

import dev.penstock.schemas.ArtifactRef;
import java.util.Optional;

/**
 * How a file of weights lies in the store.
 *
 * @param ref the file
 * @param model id of the version whose it is
 * @param kind {@code safetensors}, {@code full zstd}, {@code delta xor} or {@code delta sub}
 * @param base the version that it is a difference to
 * @param size bytes of the safetensors file that it is loaded to
 */
public record StoredWeights(
    ArtifactRef ref, String model, String kind, Optional<Base> base, long size) {

  /**
   * What a difference is to.
   *
   * @param model id of the version
   */
  public record Base(ArtifactRef ref, String model) {}
}
