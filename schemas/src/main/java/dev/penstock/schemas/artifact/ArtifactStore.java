package dev.penstock.schemas.artifact;

import dev.penstock.schemas.ArtifactRef;
import java.net.URI;
import java.nio.file.Path;

/**
 * Keeps blobs by the SHA-256 of what they contain: putting the same bytes twice stores them once,
 * and a reference always means the same bytes. A blob is there whole or not at all.
 */
public interface ArtifactStore {

  /**
   * The store at {@code root}.
   *
   * @throws IllegalArgumentException if there is no store for its scheme
   */
  static ArtifactStore open(URI root) {
    if (!"file".equals(root.getScheme())) {
      throw new IllegalArgumentException("artifacts must be a file: URI, got " + root);
    }
    return new FileArtifactStore(Path.of(root.getPath()));
  }

  /** Stores bytes. */
  ArtifactRef put(byte[] bytes);

  /** Stores a copy of a file. */
  ArtifactRef put(Path file);

  /**
   * The bytes that {@code ref} means.
   *
   * @throws CorruptArtifactException if they are missing or others
   */
  byte[] read(ArtifactRef ref);
}
