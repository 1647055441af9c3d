package dev.penstock.schemas.artifact;

/** A stored blob is not what its reference says. */
public final class CorruptArtifactException extends RuntimeException {

  public CorruptArtifactException(String message) {
    super(message);
  }
}
