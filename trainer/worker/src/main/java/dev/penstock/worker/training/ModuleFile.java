package dev.penstock.worker.training;

import dev.penstock.schemas.ArtifactRef;
import dev.penstock.schemas.artifact.ArtifactStore;
import dev.penstock.schemas.spec.ModelSpec;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.Optional;

/** Puts the file that a model is declared by into the artifact store, so that it stays the same. */
final class ModuleFile {

  private ModuleFile() {}

  /**
   * Where the model's file is kept, if it has one.
   *
   * @throws IllegalArgumentException if it cannot be read, or is not the declared one
   */
  static Optional<ArtifactRef> of(ModelSpec model, ArtifactStore artifacts) {
    if (!(model instanceof ModelSpec.TorchScript script)) {
      return Optional.empty();
    }
    ArtifactRef ref = artifacts.put(read(script.file()));
    if (script.sha256().isPresent() && !script.sha256().get().equals(ref.getSha256())) {
      throw new IllegalArgumentException(
          "model.file must have the SHA-256 "
              + script.sha256().get()
              + ", got "
              + ref.getSha256()
              + " of "
              + script.file());
    }
    return Optional.of(ref);
  }

  private static byte[] read(URI file) {
    try (InputStream in = file.toURL().openStream()) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new IllegalArgumentException("model.file must be readable, got " + file + ": " + e, e);
    }
  }
}
