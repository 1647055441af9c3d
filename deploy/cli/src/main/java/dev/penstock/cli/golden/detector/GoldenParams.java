package dev.penstock.cli.golden.detector;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;

/** Parameters of a case, which remembers those that nobody asked for. */
final class GoldenParams {

  private final JsonNode params;
  private final Set<String> asked = new HashSet<>();

  GoldenParams(JsonNode params) {
    this.params = params;
  }

  double number(String name, double fallback) {
    return param(name).asDouble(fallback);
  }

  int integer(String name, int fallback) {
    return param(name).asInt(fallback);
  }

  boolean flag(String name, String fallback) {
    return Boolean.parseBoolean(text(name, fallback));
  }

  String text(String name, String fallback) {
    return param(name).asText(fallback);
  }

  private JsonNode param(String name) {
    asked.add(name);
    return params.path(name);
  }

  /** Parameters that have no meaning for whoever asked for the others. */
  Set<String> unknown() {
    Set<String> unknown = new TreeSet<>();
    params.fieldNames().forEachRemaining(unknown::add);
    unknown.removeAll(asked);
    return unknown;
  }
}
