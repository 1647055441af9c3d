package dev.penstock.cli.golden.suite;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A file each of whose cases has one result. */
public interface CaseSuite extends GoldenSuite {

  @Override
  default List<GoldenResult> run(Path directory) throws IOException {
    List<GoldenResult> results = new ArrayList<>();
    for (JsonNode golden :
        new ObjectMapper().readTree(directory.resolve(file()).toFile()).get("cases")) {
      results.add(result(golden));
    }
    return results;
  }

  private GoldenResult result(JsonNode golden) {
    String name = name(golden);
    try {
      return compare(name, golden);
    } catch (IllegalArgumentException e) {
      return golden.path("expected").has("error")
          ? GoldenResult.agrees(name)
          : GoldenResult.disagrees(name, "refused: " + e.getMessage());
    } catch (RuntimeException e) {
      // A case of a form that is not known must not end the run.
      return GoldenResult.disagrees(name, "is of another form: " + e);
    }
  }

  /** What a case is called. */
  String name(JsonNode golden);

  /**
   * Compares a case.
   *
   * @throws IllegalArgumentException if the input is refused
   */
  GoldenResult compare(String name, JsonNode golden);
}
