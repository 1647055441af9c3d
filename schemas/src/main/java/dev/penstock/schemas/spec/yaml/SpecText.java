package dev.penstock.schemas.spec.yaml;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where a spec is read from.
 *
 * @param origin the file, or what stands for it in messages
 * @param text the spec itself; empty: it is in the file
 */
public record SpecText(String origin, Optional<String> text) {

  /** A file. */
  public static SpecText in(Path file) {
    return new SpecText(file.toString(), Optional.empty());
  }

  /** A text. */
  public static SpecText of(String origin, String text) {
    return new SpecText(origin, Optional.of(text));
  }

  /** The top-level map, or empty with the problem added. */
  public Optional<YamlMap> parse(List<Problem> problems) {
    try {
      String yaml = text.isPresent() ? text.get() : Files.readString(Path.of(origin));
      return YamlText.parse(origin, yaml, problems);
    } catch (MalformedInputException e) {
      problems.add(new Problem(origin, 1, "", "must be UTF-8 text"));
    } catch (IOException e) {
      problems.add(new Problem(origin, 1, "", "must be a readable file, got " + e));
    }
    return Optional.empty();
  }
}
