package dev.penstock.schemas.artifact;

import java.net.URI;

/** Opens the stores of a scheme; found by {@link java.util.ServiceLoader}. */
public interface ArtifactStoreFactory {

  /** Scheme of the URIs of such stores. */
  String scheme();

  /**
   * The store at {@code root}.
   *
   * @throws IllegalArgumentException if the URI says what it must not
   */
  ArtifactStore open(URI root);
}
