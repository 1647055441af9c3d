package dev.penstock.schemas.spec;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The pages about policies are what the schema and the texts give, and their examples work. */
final class PolicyPagesTest {

  private static final Path DOCS = Path.of("..", "docs").toAbsolutePath().normalize();
  private static final Path PAGES = DOCS.resolve("policies");
  private static final Path TEXTS = Path.of("src", "docs", "policies").toAbsolutePath();
  private static final Pattern EXAMPLE = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);
  private static final YAMLMapper YAML = new YAMLMapper();

  @Test
  void pagesAreThoseOfTheirSources() throws IOException {
    Map<String, String> pages = new PolicyPages(schema(), TEXTS).all();
    if ("write".equals(System.getProperty("pages"))) {
      write(pages);
    }

    assertThat(committed())
        .as("docs/policies; run mvn -pl schemas test -Dtest=PolicyPagesTest -Dpages=write")
        .isEqualTo(pages);
  }

  @ParameterizedTest
  @EnumSource
  void examplesAreValid(PolicyFamily family) throws IOException {
    if (family.isOnOnePage()) {
      assertThat(examples(TEXTS.resolve(family.folder()).resolve("README.md"))).isNotEmpty();
      return;
    }
    for (String type : new PolicySchema(schema(), family).types().keySet()) {
      List<JsonNode> examples = examples(TEXTS.resolve(family.folder()).resolve(type + ".md"));

      assertThat(examples).as("examples of " + type).isNotEmpty();
      assertThat(examples)
          .as("examples with type: " + type)
          .anyMatch(example -> example.findValuesAsText("type").contains(type));
    }
    for (String shared : family.shared().keySet()) {
      examples(TEXTS.resolve(family.folder()).resolve(shared + ".md"));
    }
  }

  /** The text's examples, each accepted by the reader and by the schema. */
  private static List<JsonNode> examples(Path text) throws IOException {
    List<String> blocks =
        EXAMPLE.matcher(Files.readString(text)).results().map(MatchResult::group).toList();
    Stream.Builder<JsonNode> examples = Stream.builder();
    for (String block : blocks) {
      JsonNode example = YAML.readTree(block.replace("```yaml", "").replace("```", ""));
      String key = example.fieldNames().next();
      Optional<PolicyFamily> family = PolicyFamily.of(key);
      if (key.equals("kind")) {
        SpecReader.parsePipeline(text.toString(), example.toString());
      } else {
        assertThat(family).as("who reads " + key + " in " + text).isPresent();
        family.orElseThrow().readBack(example.get(key));
        assertThat(
                new PolicySchema(schema(), family.orElseThrow())
                    .validator()
                    .validate(example.get(key)))
            .as(block)
            .isEmpty();
      }
      examples.add(example);
    }
    return examples.build().toList();
  }

  private static Map<String, String> committed() throws IOException {
    Map<String, String> committed = new TreeMap<>();
    try (Stream<Path> files = Files.walk(PAGES)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        committed.put(PAGES.relativize(file).toString(), Files.readString(file));
      }
    }
    return committed;
  }

  private static void write(Map<String, String> pages) throws IOException {
    for (Map.Entry<String, String> page : pages.entrySet()) {
      Path file = PAGES.resolve(page.getKey());
      Files.createDirectories(file.resolveSibling("."));
      Files.writeString(file, page.getValue());
    }
  }

  private static JsonNode schema() throws IOException {
    return YAML.readTree(Files.readString(DOCS.resolve("schema/pipeline.schema.json")));
  }
}
