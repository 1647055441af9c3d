package dev.penstock.cli.golden.suite;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Cases that nothing is compared with.
 *
 * @param reason why
 */
public record UncomparedSuite(String file, String reason) implements GoldenSuite {

  @Override
  public List<GoldenResult> run(Path directory) throws IOException {
    List<GoldenResult> results = new ArrayList<>();
    for (JsonNode golden :
        new ObjectMapper().readTree(directory.resolve(file).toFile()).path("cases")) {
      results.add(
          GoldenResult.notCompared(golden.path("input") + " " + golden.path("params"), reason));
    }
    return results;
  }
}
