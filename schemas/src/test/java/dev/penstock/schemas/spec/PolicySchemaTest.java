package dev.penstock.schemas.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The schema's types, defaults and bounds of policies are the reader's. */
final class PolicySchemaTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path SCHEMA = Path.of("..", "docs", "schema", "pipeline.schema.json");

  @ParameterizedTest
  @EnumSource
  void defaultsAreThoseOfTheReader(PolicyFamily family) throws IOException {
    for (JsonNode type : schema(family).types().values()) {
      ObjectNode minimal = PolicySchema.minimal(type);
      if (family == PolicyFamily.TRIGGERS) {
        // A trigger without any limit has none of their defaults.
        minimal.put("max-samples", 5000);
      }

      assertSame(type, family.readBack(minimal), minimal);
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatTheReaderWritesIsAcceptedByBoth(PolicyFamily family) throws IOException {
    for (JsonNode type : schema(family).types().values()) {
      JsonNode written = family.readBack(PolicySchema.minimal(type));

      assertThat(schema(family).validator().validate(written)).as("%s", written).isEmpty();
      assertThat(family.readBack(written)).isEqualTo(written);
    }
  }

  @ParameterizedTest
  @EnumSource
  void bothRefuseWhatIsOutOfBoundsUnknownOrMissing(PolicyFamily family) throws IOException {
    for (JsonNode type : schema(family).types().values()) {
      for (ObjectNode wrong : wrong(type)) {
        assertThat(schema(family).validator().validate(wrong)).as("%s", wrong).isNotEmpty();
        assertThatThrownBy(() -> family.readBack(wrong))
            .as("%s", wrong)
            .isInstanceOf(InvalidSpecException.class)
            .hasMessageMatching("(?s).*must (be|not be|have) .*");
      }
    }
  }

  private static void assertSame(JsonNode schema, JsonNode written, JsonNode minimal) {
    Map<String, JsonNode> properties = PolicySchema.properties(schema);
    written
        .fieldNames()
        .forEachRemaining(key -> assertThat(properties).as("%s", written).containsKey(key));
    properties.forEach(
        (key, property) -> {
          JsonNode value = written.path(key);
          if (property.has("default")) {
            assertThat(isSame(value, property.get("default")))
                .as("default of %s: %s in the schema, %s", key, property.get("default"), value)
                .isTrue();
          } else if (property.has("properties")) {
            assertSame(property, value, minimal.path(key));
          } else if (!PolicySchema.isRequired(schema, key) && !minimal.has(key)) {
            assertThat(value.isMissingNode()).as("%s has a default: %s", key, value).isTrue();
          }
        });
  }

  private static boolean isSame(JsonNode one, JsonNode other) {
    if (other.isObject()) {
      // A default such as {type: amount} has defaults of its own.
      return other.properties().stream()
          .allMatch(entry -> isSame(one.path(entry.getKey()), entry.getValue()));
    }
    boolean numbers = one.isNumber() && other.isNumber();
    return numbers ? one.doubleValue() == other.doubleValue() : one.equals(other);
  }

  /** Policies of a type with one mistake each. */
  private static List<ObjectNode> wrong(JsonNode type) {
    List<ObjectNode> wrong = new ArrayList<>();
    ObjectNode minimal = PolicySchema.minimal(type);
    wrong.add(minimal.deepCopy().put("no-such-key", 1));
    wrong.add(minimal.deepCopy().put("type", "no-such-type"));
    PolicySchema.properties(type)
        .forEach(
            (key, property) -> {
              if (PolicySchema.isRequired(type, key)) {
                wrong.add(minimal.deepCopy().without(key));
              }
              for (JsonNode value : wrongValues(property)) {
                wrong.add(minimal.deepCopy().set(key, value));
              }
            });
    return wrong;
  }

  private static List<JsonNode> wrongValues(JsonNode property) {
    List<JsonNode> wrong = new ArrayList<>();
    String type = property.path("type").asText();
    if (type.equals("integer") || type.equals("number") || property.has("enum")) {
      wrong.add(JSON.valueToTree("no-such-value"));
    }
    if (type.equals("integer")) {
      wrong.add(JSON.valueToTree(property.path("minimum").asInt() + 0.5));
    }
    if (property.has("minimum")) {
      wrong.add(JSON.valueToTree(property.get("minimum").asLong() - 1));
    }
    if (property.has("exclusiveMinimum")) {
      wrong.add(property.get("exclusiveMinimum"));
    }
    if (property.has("maximum")) {
      wrong.add(JSON.valueToTree(property.get("maximum").asLong() + 1));
    }
    if (property.has("exclusiveMaximum")) {
      wrong.add(property.get("exclusiveMaximum"));
    }
    return wrong;
  }

  private static PolicySchema schema(PolicyFamily family) throws IOException {
    return new PolicySchema(JSON.readTree(SCHEMA.toFile()), family);
  }
}
