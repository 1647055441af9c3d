package dev.penstock.schemas.artifact;

import dev.penstock.schemas.ArtifactRef;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The digests that artifacts are named by. */
public final class Digests {

  private Digests() {}

  /** SHA-256 in lower-case hex. */
  public static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }

  /** The bytes; throws if these are not the bytes that the reference means. */
  public static byte[] checked(byte[] bytes, ArtifactRef ref) {
    String digest = sha256(bytes);
    if (!digest.equals(ref.getSha256())) {
      throw new CorruptArtifactException(
          "SHA-256 of " + ref.getUri() + " must be " + ref.getSha256() + ", got " + digest);
    }
    return bytes;
  }

  /** What is thrown for a blob that is not there. */
  public static CorruptArtifactException missing(ArtifactRef ref) {
    return new CorruptArtifactException("artifact must exist, got none at " + ref.getUri());
  }
}
