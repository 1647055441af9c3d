package dev.penstock.schemas.spec;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** A policy's parameters as a Markdown table, from its schema. */
record ParameterTable(JsonNode root) {

  private static final List<String> CHOICES = List.of("enum", "anyOf", "oneOf");
  private static final String HEAD =
      """
      | parameter | values | default | meaning |
      |---|---|---|---|
      """;

  /** The parameters whose names are wanted; empty if there are none. */
  String of(JsonNode policy, Predicate<String> wanted) {
    List<String> rows = new ArrayList<>();
    PolicySchema.properties(policy)
        .forEach(
            (key, property) -> {
              if (!key.equals("type") && wanted.test(key)) {
                String ifAbsent =
                    PolicySchema.isRequired(policy, key) ? "required" : absent(property);
                addRows(key, property, ifAbsent, rows);
              }
            });
    return rows.isEmpty() ? "" : HEAD + String.join("", rows);
  }

  private void addRows(String path, JsonNode property, String ifAbsent, List<String> rows) {
    String meaning = description(property);
    assertThat(meaning).as("description of " + path).isNotEmpty();
    rows.add(
        "| `%s` | %s | %s | %s |\n"
            .formatted(path, values(property), ifAbsent, meaning.replace("|", "\\|")));
    for (JsonNode alternative : property.path("oneOf")) {
      String type = alternative.at("/properties/type/const").asText();
      PolicySchema.properties(alternative)
          .forEach(
              (key, child) -> {
                if (!key.equals("type")) {
                  String absent =
                      PolicySchema.isRequired(alternative, key) ? "required" : absent(child);
                  addRows(path + "." + key + "` of type `" + type, child, absent, rows);
                }
              });
    }
    PolicySchema.properties(property)
        .forEach(
            (key, child) -> {
              String absent =
                  PolicySchema.isRequired(property, key)
                      ? "required in `" + path + "`"
                      : absent(child);
              addRows(path + "." + key, child, absent, rows);
            });
    JsonNode item = property.path("items");
    PolicySchema.properties(item)
        .forEach(
            (key, child) -> {
              String each = path + "[]";
              String absent =
                  PolicySchema.isRequired(item, key) ? "required in `" + each + "`" : absent(child);
              addRows(each + "." + key, child, absent, rows);
            });
  }

  private String description(JsonNode property) {
    JsonNode own = property.path("description");
    String reference = property.path("$ref").asText("#");
    return own.isMissingNode()
        ? root.at(reference.substring(1)).path("description").asText()
        : own.asText();
  }

  private static String absent(JsonNode property) {
    return property.has("default") ? code(property.get("default")) : "none";
  }

  private String values(JsonNode property) {
    if (property.has("$ref")) {
      String reference = property.get("$ref").asText();
      return PolicyFamily.of(reference)
          .map(family -> "[%s](../%s/README.md)".formatted(family.key(), family.folder()))
          .orElseGet(() -> values(root.at(reference.substring(1))));
    }
    if (property.has("const")) {
      return code(property.get("const"));
    }
    // Of a map with keys, alternatives are about which of them must be given.
    for (String choice : property.has("properties") ? List.of("enum") : CHOICES) {
      if (property.has(choice)) {
        List<String> choices = new ArrayList<>();
        property
            .get(choice)
            .forEach(one -> choices.add(choice.equals("enum") ? code(one) : values(one)));
        return String.join(
            choice.equals("enum") ? ", " : " or ", choices.stream().distinct().toList());
      }
    }
    JsonNode type = property.path("type");
    return type.isArray() ? "time" : ofType(type.asText(), property);
  }

  private String ofType(String type, JsonNode property) {
    return switch (type) {
      case "integer" -> "whole number" + bounds(property);
      case "number" -> "number" + bounds(property);
      case "boolean" -> "`true`, `false`";
      case "string" -> property.path("pattern").asText().contains("ms|s|m") ? "duration" : "text";
      case "array" -> "list of " + values(property.path("items"));
      case "object" ->
          property.has("properties")
              ? "map"
              : "map of names to " + values(property.path("additionalProperties"));
      default -> throw new AssertionError("No words for values of " + property);
    };
  }

  private static String bounds(JsonNode property) {
    Map<String, JsonNode> given =
        property.properties().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    boolean lower = given.containsKey("minimum") || given.containsKey("exclusiveMinimum");
    boolean upper = given.containsKey("maximum") || given.containsKey("exclusiveMaximum");
    if (lower && upper) {
      return " in %s%s, %s%s"
          .formatted(
              given.containsKey("minimum") ? "[" : "(",
              property.path(given.containsKey("minimum") ? "minimum" : "exclusiveMinimum").asText(),
              property.path(given.containsKey("maximum") ? "maximum" : "exclusiveMaximum").asText(),
              given.containsKey("maximum") ? "]" : ")");
    }
    if (lower) {
      return given.containsKey("minimum")
          ? " ≥ " + property.path("minimum").asText()
          : " > " + property.path("exclusiveMinimum").asText();
    }
    assertThat(upper).as("an upper bound alone has no words: " + property).isFalse();
    return "";
  }

  private static String code(JsonNode value) {
    String text = value.isTextual() ? value.asText() : value.toString();
    return "`" + text.replace("\"", "").replace(":", ": ").replace(",", ", ") + "`";
  }
}
