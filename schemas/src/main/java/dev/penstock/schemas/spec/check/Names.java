package dev.penstock.schemas.spec.check;

import static java.util.Objects.requireNonNull;

import java.util.regex.Pattern;

/** Names of datasets and pipelines: they become topic names, metric labels and file names. */
public final class Names {

  /** Lower-case letters, digits and hyphens, from a letter on, 63 characters at most. */
  public static final Pattern PATTERN = Pattern.compile("[a-z][a-z0-9-]{0,62}");

  private Names() {}

  /**
   * Checks a name.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static void check(String field, String name) {
    requireNonNull(name, () -> field + " is null");
    if (!PATTERN.matcher(name).matches()) {
      throw new IllegalArgumentException(
          field
              + " must be lower-case letters, digits and hyphens, from a letter on, at most 63, got"
              + " "
              + name);
    }
  }
}
