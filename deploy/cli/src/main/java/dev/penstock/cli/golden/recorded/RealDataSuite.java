package dev.penstock.cli.golden.recorded;

import com.fasterxml.jackson.databind.JsonNode;
import dev.penstock.cli.golden.suite.GoldenResult;
import dev.penstock.cli.golden.suite.StatisticCases;
import dev.penstock.cli.golden.suite.StatisticCases.Statistics;
import dev.penstock.core.distance.Binned;
import dev.penstock.core.distance.CdfDistances;
import dev.penstock.core.distance.DiscreteDistances;
import dev.penstock.core.hypothesis.Alternative;
import dev.penstock.core.hypothesis.Contingency;
import dev.penstock.core.hypothesis.Continuity;
import dev.penstock.core.hypothesis.CramerVonMises;
import dev.penstock.core.hypothesis.KolmogorovSmirnov;
import dev.penstock.core.hypothesis.MannWhitney;
import dev.penstock.core.hypothesis.PValueMethod;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Drift of chunks of recorded datasets, read as samples are, by scipy: within 1e-9, p-values within
 * 1e-6, relative.
 */
public final class RealDataSuite implements Statistics {

  /** A statistic and its column. */
  private static final Pattern OF_COLUMN =
      Pattern.compile("(ks_p|mwu_p|ks|cvm|wasserstein)_(?!p_)(\\w+)");

  private static final List<String> CATEGORICAL =
      List.of("n", "js_base2", "total_variation", "hellinger", "chi2", "chi2_p", "dof");

  private static final String DECILES = "psi_deciles_";

  private final Path data;
  private final Map<String, Optional<RealData>> read = new HashMap<>();

  /**
   * The suite.
   *
   * @param data folder of the datasets, a folder each
   */
  public RealDataSuite(Path data) {
    this.data = data;
  }

  @Override
  public String file() {
    return "real_data_drift_reference.json";
  }

  @Override
  public List<GoldenResult> run(Path directory) throws IOException {
    return StatisticCases.run(
        directory.resolve(file()),
        this,
        (golden, key) -> key.contains("_p_") || key.endsWith("_p"));
  }

  @Override
  public Optional<String> notCompared(JsonNode golden) {
    String name = golden.at("/input/dataset").asText();
    Optional<RealData> dataset = dataset(name);
    if (dataset.isEmpty()) {
      return Optional.of("no data of " + name + " in " + data.normalize());
    }
    return dataset.get().rows(golden.at("/input/reference").asText()).isEmpty()
            || dataset.get().rows(golden.at("/input/chunk").asText()).isEmpty()
        ? Optional.of("no counterpart of its reference or chunk")
        : Optional.empty();
  }

  private Optional<RealData> dataset(String name) {
    return read.computeIfAbsent(name, of -> RealData.read(of, data));
  }

  @Override
  public Optional<String> leftOut(JsonNode golden, String value) {
    if (value.startsWith(DECILES)) {
      return Optional.of("deciles of the reference: evidently's bins bind");
    }
    RealData dataset = dataset(golden.at("/input/dataset").asText()).orElseThrow();
    Matcher ofColumn = OF_COLUMN.matcher(value);
    boolean isCompared =
        dataset.isCategorical()
            ? CATEGORICAL.contains(value)
            : value.equals("n")
                || dataset.isMean(value)
                || (ofColumn.matches() && dataset.columns().contains(ofColumn.group(2)));
    return isCompared ? Optional.empty() : Optional.of("no counterpart");
  }

  @Override
  public Map<String, double[]> compute(JsonNode golden) {
    RealData dataset = dataset(golden.at("/input/dataset").asText()).orElseThrow();
    int[] reference = dataset.rows(golden.at("/input/reference").asText()).orElseThrow();
    int[] chunk = dataset.rows(golden.at("/input/chunk").asText()).orElseThrow();
    if (reference.length == 0 || chunk.length == 0) {
      throw new IllegalArgumentException("reference and chunk must have rows");
    }
    if (dataset.isCategorical()) {
      return categorical(dataset.labels(reference), dataset.labels(chunk));
    }
    Map<String, double[]> values = new HashMap<>();
    values.put("n", StatisticCases.value((double) chunk.length));
    values.put(
        dataset.mean(),
        StatisticCases.value(Arrays.stream(dataset.labels(chunk)).average().orElse(Double.NaN)));
    for (String column : dataset.columns()) {
      double[] x = dataset.column(column, reference);
      double[] y = dataset.column(column, chunk);
      KolmogorovSmirnov.Result ks =
          KolmogorovSmirnov.test(x, y, Alternative.TWO_SIDED, PValueMethod.ASYMPTOTIC);
      values.put("ks_" + column, StatisticCases.value(ks.statistic()));
      values.put("ks_p_" + column, StatisticCases.value(ks.pValue()));
      values.put("wasserstein_" + column, StatisticCases.value(CdfDistances.wasserstein(x, y)));
      values.put(
          "cvm_" + column,
          StatisticCases.value(CramerVonMises.test(x, y, PValueMethod.ASYMPTOTIC).statistic()));
      values.put(
          "mwu_p_" + column,
          StatisticCases.value(
              MannWhitney.test(
                      x, y, Alternative.TWO_SIDED, PValueMethod.ASYMPTOTIC, Continuity.CORRECTED)
                  .pValue()));
    }
    return values;
  }

  private static Map<String, double[]> categorical(double[] reference, double[] chunk) {
    String[] x = Arrays.stream(reference).mapToObj(Double::toString).toArray(String[]::new);
    String[] y = Arrays.stream(chunk).mapToObj(Double::toString).toArray(String[]::new);
    Binned binned = Binned.categories(x, y);
    double[] p = binned.reference();
    double[] q = binned.current();
    Contingency.Result chi2 = Contingency.chiSquare(Binned.counts(x, y), Continuity.CORRECTED);
    return Map.of(
        "n",
        StatisticCases.value((double) y.length),
        "js_base2",
        StatisticCases.value(
            Math.sqrt(DiscreteDistances.jensenShannonDivergence(p, q) / Math.log(2))),
        "total_variation",
        StatisticCases.value(DiscreteDistances.totalVariation(p, q)),
        "hellinger",
        StatisticCases.value(DiscreteDistances.hellinger(p, q)),
        "chi2",
        StatisticCases.value(chi2.statistic()),
        "chi2_p",
        StatisticCases.value(chi2.pValue()),
        "dof",
        StatisticCases.value(chi2.degreesOfFreedom()));
  }
}
