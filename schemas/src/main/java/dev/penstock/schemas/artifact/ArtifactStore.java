package dev.penstock.schemas.artifact;

import dev.penstock.schemas.ArtifactRef;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Consumer;

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
    if ("file".equals(root.getScheme())) {
      return new FileArtifactStore(Path.of(root.getPath()));
    }
    StringBuilder schemes = new StringBuilder("file:");
    // By the loader of these classes: that of a job is not the thread's.
    for (ArtifactStoreFactory factory :
        ServiceLoader.load(ArtifactStoreFactory.class, ArtifactStore.class.getClassLoader())) {
      if (factory.scheme().equals(root.getScheme())) {
        return factory.open(root);
      }
      schemes.append(" or ").append(factory.scheme()).append(':');
    }
    throw new IllegalArgumentException("artifacts must be a " + schemes + " URI, got " + root);
  }

  /** Stores bytes. */
  ArtifactRef put(byte[] bytes);

  /** Stores a copy of a file. */
  default ArtifactRef put(Path file) {
    try {
      return put(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException("File " + file + " could not be read", e);
    }
  }

  /**
   * The bytes that {@code ref} means.
   *
   * @throws CorruptArtifactException if they are missing or others
   */
  byte[] read(ArtifactRef ref);

  /**
   * The first bytes of a blob, as they are: their digest cannot be checked.
   *
   * @param length so many, or fewer if the blob is shorter
   * @throws CorruptArtifactException if it is missing
   */
  byte[] readStart(ArtifactRef ref, int length);

  /** What a blob of this store with that digest is referred to by, be it there or not. */
  ArtifactRef ref(String sha256, long size);

  /** The blob if it is there, be it damaged or not. */
  Optional<Stored> find(ArtifactRef ref);

  /** Hands on every blob of the store. */
  void list(Consumer<Stored> blobs);

  /** Deletes a blob of this store if it is there. Who may need it is for the caller to know. */
  void delete(ArtifactRef ref);

  /**
   * Hands on what writers have begun to write and not published: no reference means it. A store
   * that takes blobs whole has none.
   */
  default void listUnfinished(Consumer<Unfinished> files) {}

  /** Deletes it if it is there. Whether somebody still writes it is for the caller to know. */
  default void deleteUnfinished(Unfinished file) {}

  /**
   * What somebody is just writing, or was writing when it was killed.
   *
   * @param writtenAt when it was written to last
   */
  record Unfinished(String uri, long size, Instant writtenAt) {}

  /**
   * A blob in the store.
   *
   * @param storedAt when it was put there, or put there again
   */
  record Stored(ArtifactRef ref, Instant storedAt) {}
}
