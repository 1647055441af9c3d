package dev.penstock.cli.golden.recorded;

import com.fasterxml.jackson.databind.JsonNode;
import dev.penstock.cli.golden.suite.StatisticCases;
import dev.penstock.cli.golden.suite.StatisticCases.Statistics;
import dev.penstock.core.evaluation.KappaTemporal;
import dev.penstock.core.evaluation.SliceEvaluator;
import dev.penstock.core.evaluation.SliceEvaluator.Scored;
import dev.penstock.core.evaluation.SliceResult;
import dev.penstock.schemas.spec.EvaluationSpec.Slice;
import dev.penstock.schemas.spec.dataset.LabelSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Test-then-train runs of MOA over recorded datasets. Compared is what Penstock has of it: the
 * accuracy of saying the last label again, within one sample, as MOA's first answer is class 0; and
 * every learner's kappa-temporal of its accuracy beside that.
 */
public final class PrequentialSuite implements Statistics {

  private static final String ACCURACY = "accuracy_pct";
  private static final String KAPPA_TEMPORAL = "kappa_temporal_pct";
  private static final String LAST_LABEL = "NoChange";

  /** In percent, of what is given to six digits. */
  private static final double ROUNDING = 1e-6;

  /** Where a dataset is, and its format. */
  private static final Map<String, List<String>> FORMS =
      Map.of(
          "elec2", List.of("elec2", "Electricity.arff.zip", "{type: arff, label: class}"),
          "elec2_6f", List.of("elec2", "electricity_capymoa.csv.gz", "{type: csv, label: class}"),
          "gas_sensor_b1-6_8_9",
              List.of(
                  "gas_sensor_drift",
                  "batch*.dat.gz",
                  "{type: csv, header: false, label: c0, drop: [c1]}"),
          "luxembourg", List.of("luxembourg", "LUdata.csv", "{type: csv, label: target}"),
          "noaa_weather", List.of("noaa_weather", "weather.csv", "{type: csv, label: target}"),
          "occupancy",
              List.of(
                  "occupancy",
                  "datatest.txt, datatraining.txt, datatest2.txt",
                  "{type: csv, label: Occupancy, drop: [row, date]}"),
          "powersupply", List.of("powersupply", "powersupply.arff", "{type: arff, label: class}"),
          "spam", List.of("spam", "Spam.zip", "{type: arff, label: class}"));

  private final Path data;
  private final Map<String, Optional<double[]>> labels = new HashMap<>();

  /**
   * The suite.
   *
   * @param data folder of the datasets, a folder each
   */
  public PrequentialSuite(Path data) {
    this.data = data;
  }

  @Override
  public String file() {
    return "prequential_moa_reference.json";
  }

  @Override
  public Optional<String> notCompared(JsonNode golden) {
    String name = golden.at("/input/dataset").asText();
    return labels(name).isPresent()
        ? Optional.empty()
        : Optional.of("no data of " + name + " in " + data.normalize());
  }

  private Optional<double[]> labels(String dataset) {
    return labels.computeIfAbsent(dataset, this::read);
  }

  private Optional<double[]> read(String dataset) {
    List<String> form = FORMS.get(dataset);
    if (form == null) {
      return Optional.empty();
    }
    String yaml =
        "{kind: dataset, name: golden, source: {files: [\"%s\"], format: %s}}"
            .formatted(form.get(1).replace(", ", "\", \""), form.get(2));
    try {
      return RecordedColumns.read(data.resolve(form.get(0)), yaml).map(RecordedColumns::labels);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Optional<String> leftOut(JsonNode golden, String value) {
    boolean isBaseline = golden.at("/params/learner").asText().endsWith("." + LAST_LABEL);
    boolean isCompared = value.equals(KAPPA_TEMPORAL) || (value.equals(ACCURACY) && isBaseline);
    return isCompared
        ? Optional.empty()
        : Optional.of("of a learner of MOA that Penstock has not, or of none of its metrics");
  }

  /** All that depends on the last label's accuracy shifts by a sample with it. */
  @Override
  public Map<String, double[]> compute(JsonNode golden) {
    double[] all = labels(golden.at("/input/dataset").asText()).orElseThrow();
    double lastLabel = lastLabelAccuracy(all);
    double accuracy = golden.at("/expected/" + ACCURACY).asDouble() / 100;
    Map<String, double[]> values = new HashMap<>();
    for (double first : new double[] {0, 1.0 / all.length}) {
      put(values, golden, ACCURACY, 100 * (lastLabel + first), ROUNDING);
      double kappa = 100 * KappaTemporal.of(accuracy, lastLabel + first);
      put(values, golden, KAPPA_TEMPORAL, kappa, ROUNDING / (1 - lastLabel - first));
    }
    return values;
  }

  /** The reference's own digits where it is as near as they tell, else the value. */
  private static void put(
      Map<String, double[]> values, JsonNode golden, String name, double value, double near) {
    double expected = golden.path("expected").path(name).asDouble(Double.NaN);
    if (Math.abs(value - expected) <= near) {
      values.put(name, StatisticCases.value(expected));
    } else {
      values.putIfAbsent(name, StatisticCases.value(value));
    }
  }

  /** As a pipeline's baseline is evaluated, on one slice. */
  private static double lastLabelAccuracy(double[] labels) {
    int classes = 1;
    for (double label : labels) {
      classes = Math.max(classes, (int) label + 1);
    }
    List<String> names = new ArrayList<>();
    for (int i = 0; i < classes; i++) {
      names.add("c" + i);
    }
    SliceEvaluator evaluator =
        new SliceEvaluator(new Slice.Samples(labels.length), new LabelSpec.Classes(names));
    List<SliceResult> slices = new ArrayList<>();
    for (int i = 0; i < labels.length; i++) {
      evaluator.add(new Scored(i, labels[i], 0, 0), "model", slices::add);
    }
    return slices.get(0).metrics().getOrDefault("noChangeAccuracy", Double.NaN);
  }
}
