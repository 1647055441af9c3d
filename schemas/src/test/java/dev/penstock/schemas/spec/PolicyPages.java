package dev.penstock.schemas.spec;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The pages about policies: of each the schema's description and parameters, and a text that says
 * what no schema can.
 *
 * @param root the pipeline's schema
 * @param texts folder of the texts, laid out as that of the pages
 */
record PolicyPages(JsonNode root, Path texts) {

  private static final String NOTICE =
      "<!-- Written from docs/schema/pipeline.schema.json and schemas/src/docs/policies/%s"
          + " by PolicyPagesTest: change those. -->\n\n";

  /** Every page by its path in the folder of pages. */
  Map<String, String> all() throws IOException {
    Map<String, String> pages = new TreeMap<>();
    StringBuilder families = new StringBuilder();
    for (PolicyFamily family : PolicyFamily.values()) {
      StringBuilder types = new StringBuilder("| type | what it is |\n|---|---|\n".formatted());
      Map<String, JsonNode> schemas = new PolicySchema(root, family).types();
      for (Map.Entry<String, JsonNode> schema : schemas.entrySet()) {
        String type = schema.getKey();
        String description = description(schema.getValue(), type);
        types.append("| [`%s`](%s.md) | %s |\n".formatted(type, type, description));
        if (!family.isOnOnePage()) {
          put(
              pages,
              family,
              type,
              heading(type, description),
              parameters(family, schema.getValue()));
        }
      }
      for (Map.Entry<String, List<String>> shared : family.shared().entrySet()) {
        put(pages, family, shared.getKey(), "", shared(shared.getValue(), schemas.values()));
      }
      String table = family.isOnOnePage() ? sections(family) : types.toString();
      put(pages, family, "README", "", table);
      families.append(
          "| [%s](%s/README.md) | %s |\n"
              .formatted(
                  family.folder(),
                  family.folder(),
                  description(root.at(family.pointer()), family.key())));
    }
    pages.put(
        "README.md",
        page(
            "README.md",
            "",
            "| policies | what they decide |\n|---|---|\n".formatted() + families));
    return pages;
  }

  /** What there is to say of each alternative, one after the other. */
  private String sections(PolicyFamily family) {
    StringBuilder sections = new StringBuilder();
    for (JsonNode alternative : root.at(family.pointer()).path("oneOf")) {
      JsonNode type = alternative.at("/properties/type");
      List<String> names = new ArrayList<>();
      type.path("enum").forEach(name -> names.add(name.asText()));
      if (names.isEmpty()) {
        names.add(type.path("const").asText());
      }
      String name = String.join(", ", names);
      sections
          .append(heading(name, description(alternative, name)).replaceFirst("# ", "## "))
          .append(parameters(family, alternative))
          .append('\n');
    }
    return sections.toString();
  }

  private void put(
      Map<String, String> pages, PolicyFamily family, String name, String heading, String table)
      throws IOException {
    String path = family.folder() + "/" + name + ".md";
    pages.put(path, page(path, heading, table));
  }

  private String page(String path, String heading, String table) throws IOException {
    Path text = texts.resolve(path);
    assertThat(text).as("text of " + path).exists();
    String written = Files.readString(text).strip();
    assertThat(written).as(text + " must have one {{table}}").containsOnlyOnce("{{table}}");
    return NOTICE.formatted(path)
        + heading
        + written.replace("{{table}}", table.stripTrailing())
        + System.lineSeparator();
  }

  private static String heading(String type, String description) {
    String sentence = Character.toUpperCase(description.charAt(0)) + description.substring(1);
    return "# %s\n\n%s.\n\n".formatted(type, sentence);
  }

  private String parameters(PolicyFamily family, JsonNode policy) {
    List<String> shared = family.shared().values().stream().flatMap(Collection::stream).toList();
    String own = new ParameterTable(root).of(policy, key -> !shared.contains(key));
    StringBuilder text = new StringBuilder(own.isEmpty() ? "None of its own.\n" : own);
    family
        .shared()
        .forEach(
            (page, keys) ->
                text.append(
                    "\nAs any %s, it also has [`%s`](%s.md).\n"
                        .formatted(family.key(), String.join("`, `", keys), page)));
    return text.toString();
  }

  /** The table of keys that all types have. */
  private String shared(List<String> keys, Collection<JsonNode> schemas) {
    List<String> tables =
        schemas.stream()
            .map(schema -> new ParameterTable(root).of(schema, keys::contains))
            .distinct()
            .toList();
    assertThat(tables).as("what the types say of " + keys).hasSize(1);
    return tables.get(0);
  }

  private static String description(JsonNode schema, String name) {
    String description = schema.path("description").asText();
    assertThat(description).as("description of " + name).isNotEmpty();
    return description;
  }
}
