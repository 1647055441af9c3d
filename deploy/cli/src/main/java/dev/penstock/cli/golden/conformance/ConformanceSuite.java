package dev.penstock.cli.golden.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.cli.golden.suite.GoldenResult;
import dev.penstock.cli.golden.suite.GoldenSuite;
import dev.penstock.cli.golden.suite.TreeDifference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What Modyn does by its own tests, or evidently intends where it does something else: within 1e-4.
 */
public final class ConformanceSuite implements GoldenSuite {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** How cases tell that Modyn refuses what is given. */
  private static final Pattern ERROR = Pattern.compile("^(\\{?\"error|\"\\w*Error)");

  private static final String SAME = "same_as";
  private static final TreeDifference DIFFERENCE = new TreeDifference(1e-4, 1e-4);

  @Override
  public String file() {
    return "modyn_conformance.jsonl";
  }

  @Override
  public List<GoldenResult> run(Path directory) throws IOException {
    List<JsonNode> cases = new ArrayList<>();
    Map<String, JsonNode> byId = new HashMap<>();
    for (String line : Files.readAllLines(directory.resolve(file()))) {
      if (!line.isBlank()) {
        JsonNode golden = JSON.readTree(line);
        cases.add(golden);
        byId.put(golden.path("id").asText(), golden);
      }
    }
    List<GoldenResult> results = new ArrayList<>();
    for (JsonNode golden : cases) {
      String same = golden.path("given").path(SAME).asText();
      JsonNode other = same.isEmpty() ? MissingNode.getInstance() : byId.get(same);
      results.add(
          other == null
              ? GoldenResult.notCompared(name(golden), "case " + same + " is not in the file")
              : compare(golden, given(golden, other)));
    }
    return results;
  }

  private static String name(JsonNode golden) {
    return golden.path("id").asText() + " " + golden.path("kind").asText();
  }

  /** What is given, and of the case that it refers to, if any, what it does not give itself. */
  private static JsonNode given(JsonNode golden, JsonNode other) {
    JsonNode given = golden.path("given");
    if (other.isMissingNode()) {
      return given;
    }
    ObjectNode all = other.path("given").deepCopy();
    return all.setAll((ObjectNode) given);
  }

  private static GoldenResult compare(JsonNode golden, JsonNode given) {
    String kind = golden.path("kind").asText();
    String name = name(golden);
    if (kind.equals("DataDriftTrigger.windows") && !golden.path("expect").has("triggers")) {
      return GoldenResult.notCompared(name, reason(kind));
    }
    try {
      Optional<Object> actual = ConformanceKinds.run(kind, given);
      if (actual.isEmpty()) {
        return GoldenResult.notCompared(name, reason(kind));
      }
      return DIFFERENCE
          .of(expected(golden), JSON.valueToTree(actual.get()))
          .map(difference -> GoldenResult.disagrees(name, difference))
          .orElseGet(() -> GoldenResult.agrees(name));
    } catch (IllegalArgumentException e) {
      return ERROR.matcher(expected(golden).toString()).find()
          ? GoldenResult.agrees(name)
          : GoldenResult.disagrees(name, "refused: " + e.getMessage());
    } catch (RuntimeException e) {
      // A case of a form that is not known must not end the run.
      return GoldenResult.disagrees(name, "is of another form: " + e);
    }
  }

  /** Of a deviation, what is intended. */
  private static JsonNode expected(JsonNode golden) {
    JsonNode expect = golden.path("expect");
    if (ConformanceTriggers.isDriven(golden.path("kind").asText()) && expect.has("triggers")) {
      // What Modyn's own classes hold or call meanwhile has no counterpart.
      return expect.get("triggers");
    }
    if (!golden.path("level").asText().equals("deviation") || !expect.isObject()) {
      return expect;
    }
    ObjectNode intended = JSON.createObjectNode();
    for (Map.Entry<String, JsonNode> field : expect.properties()) {
      if (field.getKey().startsWith("intended")) {
        intended.set(field.getKey(), field.getValue());
      }
    }
    if (intended.isEmpty()) {
      return expect;
    }
    JsonNode all = intended.path("intended");
    return intended.size() == 1 && all.isObject() ? all : intended;
  }

  private static String reason(String kind) {
    String family = kind.split("\\.", 2)[0];
    return switch (family) {
      case "WarmupTrigger" -> "a warm-up without a policy is refused";
      case "DataDriftTrigger" -> "what Modyn's own classes hold meanwhile";
      case "AvoidableCost" -> "calls of Modyn's own classes";
      case "Ensemble" -> "Modyn's own look-ahead";
      case "timestr" -> "Modyn's own syntax of durations";
      case "CRAIG" -> "Modyn's own matrix of similarities";
      case "RHO" -> "numbers of Modyn's own trainings of the irreducible-loss model";
      case "subset" -> "Modyn's own tensors";
      case "interval",
          "Periodic",
          "Slicing",
          "Static",
          "BetweenTwoTriggers",
          "Offset",
          "composite",
          "batched_eval" ->
          "Penstock evaluates slices of the stream as it comes, by no intervals of a file";
      case "delta", "WeightsDifference", "parent", "full_interval", "delete" ->
          "Modyn's own model storage";
      case "worker_partition",
          "trigger_samples",
          "backend",
          "available_labels",
          "storage",
          "csv",
          "binary" ->
          "Modyn's own storage";
      case "executor" -> "Modyn's own executor";
      default -> "no counterpart of " + kind;
    };
  }
}
