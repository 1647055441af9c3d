package dev.penstock.cli.golden.suite;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;

/** Where two JSON values differ: every field that is expected must be met, within a tolerance. */
public record TreeDifference(double relative, double absolute) {

  /** The first difference; empty: there is none. */
  public Optional<String> of(JsonNode expected, JsonNode actual) {
    return of("", expected, actual);
  }

  private Optional<String> of(String path, JsonNode expected, JsonNode actual) {
    if (actual.isMissingNode()) {
      return Optional.of(path + " is not computed");
    }
    if (expected.isObject()) {
      for (Map.Entry<String, JsonNode> field : expected.properties()) {
        String at = path.isEmpty() ? field.getKey() : path + "." + field.getKey();
        Optional<String> difference = of(at, field.getValue(), actual.path(field.getKey()));
        if (difference.isPresent()) {
          return difference;
        }
      }
      return Optional.empty();
    }
    if (expected.isArray() && actual.isArray() && expected.size() == actual.size()) {
      for (int i = 0; i < expected.size(); i++) {
        Optional<String> difference = of(path + "[" + i + "]", expected.get(i), actual.get(i));
        if (difference.isPresent()) {
          return difference;
        }
      }
      return Optional.empty();
    }
    return isSame(expected, actual)
        ? Optional.empty()
        : Optional.of((path + " is " + actual + ", expected " + expected).strip());
  }

  private boolean isSame(JsonNode expected, JsonNode actual) {
    if (actual.isNumber() && !Double.isFinite(actual.asDouble())) {
      // JSON has no such numbers: the cases hold their names.
      return expected.asText().equals(actual.asText());
    }
    if (!expected.isNumber() || !actual.isNumber()) {
      return expected.equals(actual);
    }
    double tolerance = Math.max(relative * Math.abs(expected.asDouble()), absolute);
    return Math.abs(expected.asDouble() - actual.asDouble()) <= tolerance;
  }
}
