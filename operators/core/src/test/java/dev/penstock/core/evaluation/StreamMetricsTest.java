package dev.penstock.core.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** Metrics beside scikit-learn's. */
final class StreamMetricsTest {

  private static final double ROUNDING = 1e-6;

  @Test
  void classMetricsAreScikitLearns() throws IOException {
    List<JsonNode> cases = golden("multiclass");
    assertThat(cases).isNotEmpty();
    for (JsonNode golden : cases) {
      ClassMetrics metrics = new ClassMetrics(golden.at("/params/n_classes").asInt());
      JsonNode probabilities = golden.at("/input/proba");
      for (int i = 0; i < probabilities.size(); i++) {
        int truth = golden.at("/input/y").get(i).asInt();
        JsonNode row = probabilities.get(i);
        metrics.scored(truth, argmax(row), (float) -Math.log(row.get(truth).asDouble()));
        metrics.learn(truth);
      }

      SortedMap<String, Double> values = restored(metrics, golden).values();

      JsonNode expected = golden.get("expected");
      assertSame(values, "accuracy", expected.get("accuracy"), golden);
      assertSame(values, "macroF1", expected.get("f1_macro_present_labels_only"), golden);
      assertSame(values, "logLoss", expected.get("log_loss"), golden);
    }
  }

  @Test
  void realMetricsAreScikitLearns() throws IOException {
    List<JsonNode> cases = golden("regression");
    assertThat(cases).isNotEmpty();
    for (JsonNode golden : cases) {
      RealMetrics metrics = new RealMetrics();
      JsonNode targets = golden.at("/input/y");
      for (int i = 0; i < targets.size(); i++) {
        float predicted = (float) golden.at("/input/pred").get(i).asDouble();
        metrics.scored(targets.get(i).asDouble(), predicted, 0);
      }

      assertSame(metrics.values(), "rmse", golden.at("/expected/rmse"), golden);
      assertSame(metrics.values(), "mae", golden.at("/expected/mae"), golden);
    }
  }

  /** A state written and read again goes on as before. */
  private static ClassMetrics restored(ClassMetrics metrics, JsonNode golden) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    metrics.write(new DataOutputStream(bytes));
    ClassMetrics restored = new ClassMetrics(golden.at("/params/n_classes").asInt());
    restored.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
    return restored;
  }

  private static int argmax(JsonNode row) {
    int best = 0;
    for (int i = 1; i < row.size(); i++) {
      best = row.get(i).asDouble() > row.get(best).asDouble() ? i : best;
    }
    return best;
  }

  private static void assertSame(
      SortedMap<String, Double> values, String name, JsonNode expected, JsonNode golden) {
    assertThat(values.get(name))
        .as(golden.get("name").asText() + " " + name)
        .isCloseTo(expected.asDouble(), within(ROUNDING));
  }

  private static List<JsonNode> golden(String kind) throws IOException {
    Path file = Path.of("../../../shared/golden/metrics.json");
    assumeThat(file).as("reference values beside the repository").exists();
    JsonNode cases = new ObjectMapper().readTree(Files.readString(file)).get("cases");
    return StreamSupport.stream(cases.spliterator(), /* parallel= */ false)
        .filter(golden -> golden.get("kind").asText().equals(kind))
        .toList();
  }
}
