package dev.penstock.cli.golden.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.cli.golden.suite.CaseSuite;
import dev.penstock.cli.golden.suite.GoldenResult;
import dev.penstock.cli.golden.suite.StatisticCases;
import dev.penstock.cli.golden.suite.TreeDifference;
import dev.penstock.core.downsampling.Craig;
import dev.penstock.core.downsampling.KCenterGreedy;
import dev.penstock.core.downsampling.LastLayer;
import dev.penstock.core.downsampling.OrthogonalMatchingPursuit;
import dev.penstock.core.downsampling.OrthogonalMatchingPursuit.Fit;
import dev.penstock.core.downsampling.OrthogonalMatchingPursuit.Settings;
import dev.penstock.core.downsampling.OrthogonalMatchingPursuit.Signs;
import dev.penstock.core.downsampling.Uncertainty;
import dev.penstock.core.submodular.FacilityLocation;
import dev.penstock.core.submodular.Greedy;
import dev.penstock.core.submodular.Nearness;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Coresets by DeepCore and CORDS: within 1e-9, but for DeepCore's weights, which are of single
 * precision, within 1e-5.
 */
public final class SelectionSuite implements CaseSuite {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TreeDifference DOUBLE = new TreeDifference(1e-9, 1e-12);
  private static final TreeDifference SINGLE = new TreeDifference(1e-5, 1e-5);

  private static final String NAIVE = "deepcore_naive_sorted";

  /**
   * By definition the same as the naive one. Where DeepCore's differs, as rounding to single
   * precision breaks a tie anew, it is not compared.
   */
  private static final String LAZY = "deepcore_lazy_sorted";

  /** What the reference's authors found out about the reference. */
  private static final List<String> REMARKS = List.of("agrees_with_deepcore");

  @Override
  public String file() {
    return "selection.json";
  }

  @Override
  public String name(JsonNode golden) {
    return "%s %s %s"
        .formatted(
            golden.path("algorithm").asText(), golden.path("name").asText(), golden.path("params"));
  }

  @Override
  public GoldenResult compare(String name, JsonNode golden) {
    String algorithm = golden.path("algorithm").asText();
    ObjectNode expected = golden.path("expected").deepCopy();
    expected.remove(REMARKS);
    if (!expected.path(LAZY).equals(expected.path(NAIVE))) {
      expected.remove(LAZY);
    }
    Optional<Map<String, Object>> actual = compute(algorithm, golden);
    return actual.isEmpty()
        ? GoldenResult.notCompared(name, "no counterpart of " + algorithm)
        : difference(expected, JSON.valueToTree(actual.get()))
            .map(difference -> GoldenResult.disagrees(name, difference))
            .orElseGet(() -> GoldenResult.agrees(name));
  }

  private static Optional<String> difference(ObjectNode expected, JsonNode actual) {
    ObjectNode single = JSON.createObjectNode();
    JsonNode weights = expected.remove("deepcore_weights");
    if (weights != null) {
      single.set("deepcore_weights", weights);
    }
    return DOUBLE.of(expected, actual).or(() -> SINGLE.of(single, actual));
  }

  private static Optional<Map<String, Object>> compute(String algorithm, JsonNode golden) {
    JsonNode input = golden.path("input");
    JsonNode params = golden.path("params");
    return switch (algorithm) {
      case "k_center_greedy" -> Optional.of(kCenter(input, params));
      case "facility_location_greedy_CRAIG" -> Optional.of(facilityLocation(input, params));
      case "gradmatch_omp", "omp_plain" -> Optional.of(matchingPursuit(input, params));
      case "per_sample_scores" -> Optional.of(scores(input));
      default -> Optional.empty();
    };
  }

  private static Map<String, Object> kCenter(JsonNode input, JsonNode params) {
    KCenterGreedy greedy = new KCenterGreedy(StatisticCases.rows(input.required("points")));
    List<Integer> chosen = new ArrayList<>();
    for (JsonNode initial : params.required("initial")) {
      greedy.choose(initial.asInt());
      chosen.add(initial.asInt());
    }
    List<Integer> order = new ArrayList<>();
    List<Double> distances = new ArrayList<>();
    for (int i = 0; i < params.required("budget_new").asInt(); i++) {
      distances.add(greedy.radius());
      order.add(greedy.chooseFarthest());
    }
    chosen.addAll(order);
    return Map.of(
        "order",
        order,
        "distance_at_selection",
        distances,
        "final_cover_radius",
        greedy.radius(),
        "deepcore_selected_sorted",
        chosen.stream().sorted().toList());
  }

  private static Map<String, Object> facilityLocation(JsonNode input, JsonNode params) {
    Nearness nearness = new Nearness(StatisticCases.rows(input.required("points")));
    int budget = params.required("budget").asInt();
    int[] order = Greedy.naive().maximize(new FacilityLocation(nearness), budget);
    int[] lazy = Greedy.lazy().maximize(new FacilityLocation(nearness), budget);
    FacilityLocation function = new FacilityLocation(nearness);
    List<Double> gains = new ArrayList<>();
    for (int element : order) {
      gains.add(function.gain(element));
      function.add(element);
    }
    int[] clusters = Craig.clusterSizes(nearness, order);
    return Map.of(
        "order",
        order,
        "marginal_gains",
        gains,
        "objective",
        function.value(),
        "craig_weights_cluster_sizes_in_order",
        clusters,
        NAIVE,
        Arrays.stream(order).sorted().toArray(),
        LAZY,
        Arrays.stream(lazy).sorted().toArray(),
        "deepcore_weights(1+cluster size, quirk)_in_order",
        Arrays.stream(clusters).map(size -> 1 + size).toArray());
  }

  private static Map<String, Object> matchingPursuit(JsonNode input, JsonNode params) {
    double[][] columns = transposed(StatisticCases.rows(input.required("A_d_by_n")));
    double[] target = StatisticCases.numbers(input.required("b"));
    int atoms = params.required("nnz").asInt();
    double penalty = params.path("lam").asDouble(0);
    double tolerance = params.required("tol").asDouble();
    Map<Signs, double[]> weights = new HashMap<>();
    for (Signs signs : Signs.values()) {
      // DeepCore knows no tolerance.
      double missing = signs == Signs.NON_NEGATIVE_AT_LAST ? 0 : tolerance;
      Fit fit =
          OrthogonalMatchingPursuit.fit(
              columns, target, new Settings(atoms, penalty, missing, signs));
      double[] all = new double[columns.length];
      for (int i = 0; i < fit.atoms().length; i++) {
        all[fit.atoms()[i]] = fit.coefficients()[i];
      }
      weights.put(signs, all);
    }
    return Map.of(
        "deepcore_weights",
        weights.get(Signs.NON_NEGATIVE_AT_LAST),
        "cords_OrthogonalMP",
        weights.get(Signs.ANY),
        "cords_OrthogonalMP_REG",
        weights.get(Signs.ANY),
        "cords_OrthogonalMP_REG_positive",
        weights.get(Signs.NEGATIVE_DROPPED),
        "cords_OrthogonalMP_REG_NNLS_positive",
        weights.get(Signs.NON_NEGATIVE));
  }

  private static double[][] transposed(double[][] rows) {
    return IntStream.range(0, rows[0].length)
        .mapToObj(column -> Arrays.stream(rows).mapToDouble(row -> row[column]).toArray())
        .toArray(double[][]::new);
  }

  /** The reference's signs are those of scores that are higher where a model is less sure. */
  private static Map<String, Object> scores(JsonNode input) {
    double[][] logits = StatisticCases.rows(input.required("logits"));
    List<double[]> probabilities = Arrays.stream(logits).map(LastLayer::probabilities).toList();
    List<Double> losses = new ArrayList<>();
    List<Double> norms = new ArrayList<>();
    for (int i = 0; i < logits.length; i++) {
      int label = input.required("labels").get(i).asInt();
      losses.add(LastLayer.crossEntropy(logits[i], label));
      norms.add(LastLayer.gradientNorm(logits[i], label));
    }
    return Map.of(
        "probabilities",
        probabilities,
        "cross_entropy",
        losses,
        "grad_logits_l2",
        norms,
        "least_confidence",
        probabilities.stream()
            .map(p -> 1 - Uncertainty.LEAST_CONFIDENCE.ofProbabilities(p))
            .toList(),
        "margin_top1_minus_top2",
        probabilities.stream().map(Uncertainty.MARGIN::ofProbabilities).toList(),
        "entropy_nats",
        probabilities.stream().map(p -> -Uncertainty.ENTROPY.ofProbabilities(p)).toList());
  }
}
