package dev.penstock.worker.training;

import dev.penstock.models.Network;
import dev.penstock.models.Safetensors;
import dev.penstock.schemas.ArtifactRef;
import dev.penstock.schemas.artifact.ArtifactStore;
import dev.penstock.schemas.artifact.Digests;
import dev.penstock.schemas.spec.training.model.InitialSpec;
import dev.penstock.schemas.spec.training.model.ModelSpec;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.Optional;

/** Files that a training is declared by. */
final class DeclaredFiles {

  private DeclaredFiles() {}

  /**
   * Puts the model's file into the artifact store, if it has one, so that it stays the same.
   *
   * @throws IllegalArgumentException if it cannot be read, or is not the declared one
   */
  static Optional<ArtifactRef> keepModule(ModelSpec model, ArtifactStore artifacts) {
    return model instanceof ModelSpec.TorchScript script
        ? Optional.of(artifacts.put(read("model.file", script.file(), script.sha256())))
        : Optional.empty();
  }

  /**
   * Sets the weights that a network begins with.
   *
   * @throws IllegalArgumentException if the file cannot be read, is not the declared one, or is of
   *     another network
   */
  static void setInitial(Network network, InitialSpec initial) {
    byte[] file = read("initial.file", initial.file(), Optional.of(initial.sha256()));
    try {
      network.setWeights(Safetensors.read(file));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "initial.file must be of the pipeline's network: " + e.getMessage(), e);
    }
  }

  private static byte[] read(String field, URI file, Optional<String> sha256) {
    byte[] bytes = read(field, file);
    String digest = Digests.sha256(bytes);
    if (sha256.isPresent() && !sha256.get().equals(digest)) {
      throw new IllegalArgumentException(
          field + " must have the SHA-256 " + sha256.get() + ", got " + digest + " of " + file);
    }
    return bytes;
  }

  private static byte[] read(String field, URI file) {
    try (InputStream in = file.toURL().openStream()) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new IllegalArgumentException(field + " must be readable, got " + file + ": " + e, e);
    }
  }
}
