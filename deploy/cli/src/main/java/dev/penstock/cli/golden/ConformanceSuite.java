package dev.penstock.cli.golden;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What Modyn does by its own tests, or evidently intends where it does something else: within 1e-4.
 */
final class ConformanceSuite implements GoldenSuite {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TreeDifference DIFFERENCE = new TreeDifference(1e-4, 1e-4);

  @Override
  public String file() {
    return "modyn_conformance.jsonl";
  }

  @Override
  public List<GoldenResult> run(Path directory) throws IOException {
    List<GoldenResult> results = new ArrayList<>();
    for (String line : Files.readAllLines(directory.resolve(file()))) {
      if (!line.isBlank()) {
        results.add(compare(JSON.readTree(line)));
      }
    }
    return results;
  }

  private static GoldenResult compare(JsonNode golden) {
    String kind = golden.path("kind").asText();
    String name = golden.path("id").asText() + " " + kind;
    if (kind.equals("DataDriftTrigger.windows") && !golden.path("expect").has("triggers")) {
      return GoldenResult.notCompared(name, reason(kind));
    }
    try {
      Optional<Object> actual = ConformanceKinds.run(kind, golden.path("given"));
      if (actual.isEmpty()) {
        return GoldenResult.notCompared(name, reason(kind));
      }
      return DIFFERENCE
          .of(expected(golden), JSON.valueToTree(actual.get()))
          .map(difference -> GoldenResult.disagrees(name, difference))
          .orElseGet(() -> GoldenResult.agrees(name));
    } catch (IllegalArgumentException e) {
      return GoldenResult.disagrees(name, "refused: " + e.getMessage());
    } catch (IndexOutOfBoundsException | NullPointerException e) {
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
    return intended.isEmpty() ? expect : intended;
  }

  private static String reason(String kind) {
    String family = kind.split("\\.", 2)[0];
    return switch (family) {
      case "WarmupTrigger" -> "a warm-up without a policy is refused";
      case "DataDriftTrigger" -> "what Modyn's own classes hold meanwhile";
      case "AvoidableCost" -> "calls of Modyn's own classes";
      case "Ensemble" -> "Modyn's own look-ahead";
      case "timestr" -> "Modyn's own syntax of durations";
      case "fair_share",
          "LabelBalanced",
          "label_counts",
          "TriggerBalanced",
          "target_size",
          "RandomNoReplacement",
          "Coreset",
          "Scheduler",
          "NewData",
          "Freshness" ->
          "selection: not run here yet";
      case "DLIS",
          "Uncertainty",
          "KCenter",
          "CRAIG",
          "Submodular",
          "GradMatch",
          "RHO",
          "RS2",
          "Trainer",
          "subset" ->
          "downsampling: not run here yet";
      case "interval",
          "Periodic",
          "Slicing",
          "Static",
          "BetweenTwoTriggers",
          "Offset",
          "composite",
          "batched_eval" ->
          "evaluation strategies: not run here yet";
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
