package dev.penstock.schemas.spec.trigger.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.penstock.schemas.spec.InvalidSpecException;
import dev.penstock.schemas.spec.SpecReader;
import dev.penstock.schemas.spec.trigger.drift.CriterionSpec.Budget;
import dev.penstock.schemas.spec.trigger.drift.CriterionSpec.Worse;
import dev.penstock.schemas.spec.trigger.drift.DriftMetricSpec.Aggregation;
import dev.penstock.schemas.spec.trigger.drift.DriftMetricSpec.Distance;
import dev.penstock.schemas.spec.trigger.drift.DriftMetricSpec.Judged;
import dev.penstock.schemas.spec.yaml.YamlMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Drift metrics with their criteria: what is read, refused, and said by the published schema. */
final class DriftMetricReaderTest {

  private static final Path SCHEMA = Path.of("..", "docs", "schema", "pipeline.schema.json");
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void readsAMetricAndWhatJudgesIt() {
    assertThat(
            read("{type: mmd, sigma: 2, decision-criterion: {type: threshold, threshold: 0.05}}"))
        .isEqualTo(
            new Judged(
                new DriftMetricSpec.Mmd(
                    Optional.of(2.0), Optional.empty(), /* standardize= */ false),
                new CriterionSpec.Threshold(0.05)));
  }

  @Test
  void readsABudgetOfAlarms() {
    Judged judged = read("{type: ks, decision-criterion: {type: alarms, budget: 2 per 12h}}");

    assertThat(judged.criterion())
        .isEqualTo(new CriterionSpec.Alarms(new Budget(2, Duration.ofHours(12))));
    assertThat(judged.criterion().needsCalibration()).isTrue();
  }

  @Test
  void aCorrectedPValueIsWorseWhenLower() {
    Judged judged =
        read("{type: ks, aggregation: benjamini-hochberg, decision-criterion: {type: p-value}}");

    assertThat(judged.metric().worse()).isEqualTo(Worse.LOWER);
    assertThat(judged.metric().hasPValue()).isTrue();
    assertThat(judged.criterion()).isEqualTo(new CriterionSpec.PValue(0.05));
  }

  @ParameterizedTest
  @EnumSource
  void everyDistanceIsAType(Distance distance) {
    String type = YamlMap.kebab(distance);

    assertThat(read("{type: " + type + ", decision-criterion: {type: dynamic-quantile}}").metric())
        .isEqualTo(
            new DriftMetricSpec.Univariate(
                distance, Optional.empty(), Aggregation.MEAN, Optional.empty()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{type: psi, bins: 10, aggregation: share, column-threshold: 0.2, decision-criterion:"
            + " {type: threshold, threshold: 0.5}}",
        "{type: chi-square, aggregation: bonferroni, decision-criterion: {type: p-value, alpha:"
            + " 0.01}}",
        "{type: mann-whitney, aggregation: max, decision-criterion: {type: hysteresis, fire: 0.2,"
            + " rearm: 0.1}}",
        "{type: ks, aggregation: bonferroni, decision-criterion: {type: hysteresis, fire: 0.01,"
            + " rearm: 0.1}}",
        "{type: mmd, num-permutations: 100, standardize: true, decision-criterion: {type:"
            + " p-value}}",
        "{type: lsdd, sigma: 1.5, num-centres: 20, largest-difference: 0.1, num-permutations: 50,"
            + " decision-criterion: {type: p-value}}",
        "{type: lsdd, decision-criterion: {type: dynamic-rolling-average, window-size: 5,"
            + " deviation: 1, absolute: true}}",
        "{type: classifier, decision-criterion: {type: alarms, budget: 1 per 30d}}",
        "{type: mean-distance, norm: cosine, standardize: true, decision-criterion: {type:"
            + " threshold, threshold: 0.2}}",
      })
  void isReadAgainAsItIsWritten(String yaml) throws IOException {
    Judged judged = read(yaml);
    String written = JSON.writeValueAsString(MetricTree.of(judged));

    assertThat(read(written)).isEqualTo(judged);
    assertThat(schemaAccepts(yaml)).isTrue();
    assertThat(schemaAccepts(written)).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{type: ks} | decision-criterion: must be given, such as",
        "{type: ks, decision-criterion: {type: p-value}} | decision-criterion: must not be p-value",
        "{type: mmd, decision-criterion: {type: p-value}} | decision-criterion: must not be"
            + " p-value",
        "{type: kl, aggregation: bonferroni, decision-criterion: {type: p-value}}"
            + " | aggregation: must be mean, max or share for kl, which has no p-values, got",
        "{type: ks, bins: 10, decision-criterion: {type: threshold, threshold: 1}}"
            + " | bins: must be a known key",
        "{type: psi, bins: 1, decision-criterion: {type: threshold, threshold: 1}}"
            + " | bins: must be at least 2, got 1",
        "{type: ks, aggregation: share, decision-criterion: {type: threshold, threshold: 1}}"
            + " | column-threshold must be given for aggregation share, such as 0.1",
        "{type: ks, column-threshold: 1, decision-criterion: {type: threshold, threshold: 1}}"
            + " | column-threshold: must not be given for aggregation mean, got 1.0",
        "{type: mmd, sigma: 0, decision-criterion: {type: threshold, threshold: 1}}"
            + " | sigma: must be positive and finite, got 0.0",
        "{type: lsdd, largest-difference: 1, decision-criterion: {type: p-value}}"
            + " | largest-difference: must be in (0, 1), got 1.0",
        "{type: lsdd, num-permutations: 0, decision-criterion: {type: p-value}}"
            + " | num-permutations: must be positive, got 0",
        "{type: mdm, decision-criterion: {type: threshold, threshold: 1}} | did you mean mmd?",
        "{type: mmd, decision-criterion: {type: threshold}}"
            + " | decision-criterion.threshold: must be given, such as threshold: 0.05",
        "{type: mmd, decision-criterion: {type: dynamic-quantile, window-size: 0}}"
            + " | decision-criterion.window-size: must be positive, got 0",
        "{type: mmd, decision-criterion: {type: dynamic-quantile, quantile: 1}}"
            + " | decision-criterion.quantile: must be in (0, 1), got 1.0",
        "{type: mmd, decision-criterion: {type: dynamic-rolling-average, deviation: -1}}"
            + " | decision-criterion.deviation: must be finite and not negative, got -1.0",
        "{type: mmd, decision-criterion: {type: alarms, budget: 1 a month}}"
            + " | decision-criterion.budget: must be alarms per period such as 1 per 30d, got",
        "{type: mmd, decision-criterion: {type: alarms, budget: 0 per 30d}}"
            + " | decision-criterion.budget: must be at least 1 alarm, got 0",
        "{type: mmd, decision-criterion: {type: alarms}}"
            + " | decision-criterion.budget: must be given, such as budget: 1 per 30d",
      })
  void refusesWhatTheSchemaRefuses(String yaml, String message) throws IOException {
    assertThatThrownBy(() -> read(yaml))
        .isInstanceOf(InvalidSpecException.class)
        .hasMessageContaining(message);
    assertThat(schemaAccepts(yaml)).isFalse();
  }

  @Test
  void refusesLevelsOfHysteresisInTheWrongOrder() {
    assertThatThrownBy(
            () -> read("{type: ks, decision-criterion: {type: hysteresis, fire: 0.1, rearm: 0.2}}"))
        .isInstanceOf(InvalidSpecException.class)
        .hasMessageContaining(
            "decision-criterion: must have rearm at most fire where higher scores are worse, got"
                + " rearm 0.2 and fire 0.1");
  }

  @Test
  void refusesPermutationsTooFewToReachTheLevel() {
    assertThatThrownBy(
            () ->
                read(
                    "{type: mmd, num-permutations: 19, decision-criterion: {type: p-value, alpha:"
                        + " 0.05}}"))
        .hasMessageContaining(
            "num-permutations: must be at least 20 for p-values below alpha 0.05, got 19");
    assertThat(
            read("{type: mmd, num-permutations: 20, decision-criterion: {type: p-value}}")
                .metric()
                .type())
        .isEqualTo("mmd");
  }

  private static Judged read(String yaml) {
    return SpecReader.parse("metric", yaml, map -> DriftMetricReader.read(map).orElse(null));
  }

  private static boolean schemaAccepts(String yaml) throws IOException {
    JsonNode pipeline = JSON.readTree(Files.readString(SCHEMA));
    ObjectNode schema = JSON.createObjectNode();
    schema.put("$ref", "#/$defs/driftMetric");
    schema.set("$defs", pipeline.path("$defs"));
    return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
        .getSchema(schema)
        .validate(new YAMLMapper().readTree(yaml))
        .isEmpty();
  }
}
