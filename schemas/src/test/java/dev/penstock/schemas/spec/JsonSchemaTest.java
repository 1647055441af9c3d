package dev.penstock.schemas.spec;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The published JSON Schemas say what the reader says. */
final class JsonSchemaTest {

  private static final Path DOCS = Path.of("..", "docs").toAbsolutePath().normalize();
  private static final YAMLMapper YAML = new YAMLMapper();

  @ParameterizedTest
  @MethodSource("good")
  void bothAcceptGoodFiles(Path file) throws IOException {
    assertThat(SpecReader.validate(List.of(file))).isEmpty();
    assertThat(schema(file).validate(YAML.readTree(Files.readString(file)))).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("bad")
  void bothRefuseBadFiles(Path file) throws IOException {
    assertThat(SpecReader.validate(List.of(file))).isNotEmpty();
    assertThat(schema(file).validate(YAML.readTree(Files.readString(file)))).isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void everyKeyIsDocumented(String kind) throws IOException {
    String reference = Files.readString(DOCS.resolve("configuration.md")) + policies();
    for (String key : keys(YAML.readTree(schemaText(kind)))) {
      assertThat(reference).contains(key);
    }
  }

  private static String policies() throws IOException {
    StringBuilder pages = new StringBuilder();
    try (Stream<Path> files = Files.walk(DOCS.resolve("policies"))) {
      for (Path page : files.filter(Files::isRegularFile).toList()) {
        pages.append(Files.readString(page));
      }
    }
    return pages.toString();
  }

  static Stream<Path> good() throws IOException, URISyntaxException {
    Path deployed = Path.of("..", "deploy", "datasets").toAbsolutePath().normalize();
    return Stream.concat(files("good"), files(deployed));
  }

  static Stream<Path> bad() throws IOException, URISyntaxException {
    return files("bad");
  }

  static Stream<String> kinds() {
    return Stream.of("dataset", "pipeline");
  }

  private static Stream<Path> files(String folder) throws IOException, URISyntaxException {
    URL specs = JsonSchemaTest.class.getResource("/specs/" + folder);
    assertThat(specs).isNotNull();
    return files(Path.of(specs.toURI()));
  }

  private static Stream<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList().stream();
    }
  }

  private static JsonSchema schema(Path file) throws IOException {
    String kind = YAML.readTree(Files.readString(file)).path("kind").asText();
    return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
        .getSchema(schemaText(kind));
  }

  private static String schemaText(String kind) throws IOException {
    return Files.readString(DOCS.resolve("schema").resolve(kind + ".schema.json"));
  }

  private static List<String> keys(JsonNode schema) {
    List<String> keys = new ArrayList<>();
    schema.path("properties").fieldNames().forEachRemaining(keys::add);
    schema.forEach(child -> keys.addAll(keys(child)));
    return keys;
  }
}
