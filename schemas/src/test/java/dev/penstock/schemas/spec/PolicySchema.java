package dev.penstock.schemas.spec;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the pipeline's JSON Schema says of a family's policies. */
record PolicySchema(JsonNode root, PolicyFamily family) {

  /** The alternatives by type. */
  Map<String, JsonNode> types() {
    Map<String, JsonNode> types = new LinkedHashMap<>();
    JsonNode alternatives = root.at(family.pointer()).path("oneOf");
    assertThat(alternatives).as(family.pointer() + "/oneOf").isNotEmpty();
    for (JsonNode alternative : alternatives) {
      JsonNode type = alternative.at("/properties/type");
      if (type.has("const")) {
        types.put(type.get("const").asText(), alternative);
      }
      for (JsonNode name : type.path("enum")) {
        ObjectNode one = alternative.deepCopy();
        ((ObjectNode) one.get("properties")).putObject("type").set("const", name);
        types.put(name.asText(), one);
      }
    }
    return types;
  }

  /** Checks policies of the family. */
  JsonSchema validator() {
    ObjectNode schema = root.at(family.pointer()).deepCopy();
    schema.set("$defs", root.path("$defs"));
    // Policies within policies; no policy has a key of those names itself.
    ObjectNode properties = schema.putObject("properties");
    for (PolicyFamily of : List.of(PolicyFamily.TRIGGERS, PolicyFamily.SELECTION)) {
      properties.set(of.key(), root.at(of.pointer()));
    }
    return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(schema);
  }

  /**
   * A map with what it must have, by the schema's {@code examples}, and maps of its own that would
   * have defaults of their own.
   */
  static ObjectNode minimal(JsonNode schema) {
    ObjectNode minimal = ((ObjectNode) schema).objectNode();
    properties(schema)
        .forEach(
            (key, property) -> {
              if (property.has("const")) {
                minimal.set(key, property.get("const"));
              } else if (property.has("properties")) {
                minimal.set(key, minimal(property));
              } else if (isRequired(schema, key)) {
                assertThat(property.path("examples")).as("examples of " + key).isNotEmpty();
                minimal.set(key, property.get("examples").get(0));
              }
            });
    return minimal;
  }

  static Map<String, JsonNode> properties(JsonNode schema) {
    Map<String, JsonNode> properties = new LinkedHashMap<>();
    schema
        .path("properties")
        .properties()
        .forEach(entry -> properties.put(entry.getKey(), entry.getValue()));
    return properties;
  }

  /** Of alternatives, of which one must be given, the first is the usual one. */
  static boolean isRequired(JsonNode schema, String key) {
    List<String> required = new ArrayList<>();
    schema.path("oneOf").path(0).path("required").forEach(name -> required.add(name.asText()));
    schema.path("required").forEach(name -> required.add(name.asText()));
    return required.contains(key);
  }
}
