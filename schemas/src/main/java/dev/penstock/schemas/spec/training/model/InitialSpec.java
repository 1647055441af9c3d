package dev.penstock.schemas.spec.training.model;

import dev.penstock.schemas.spec.check.Fields;
import java.net.URI;
import java.util.regex.Pattern;

/**
 * Weights that a training begins with where there is no previous model to begin with.
 *
 * @param file of safetensors
 * @param sha256 what it must be, lower-case hex: else a training could not be repeated
 */
public record InitialSpec(URI file, String sha256) {

  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

  public InitialSpec {
    Fields.check(file.isAbsolute(), "file", "a URI such as file:///models/base.safetensors", file);
    Fields.check(SHA256.matcher(sha256).matches(), "sha256", "64 digits of hex", sha256);
  }
}
