package dev.penstock.cli.golden.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.penstock.cli.golden.suite.StatisticCases;
import dev.penstock.core.downsampling.ByClass;
import dev.penstock.core.downsampling.Craig;
import dev.penstock.core.downsampling.GradMatch;
import dev.penstock.core.downsampling.KCenterGreedy;
import dev.penstock.core.downsampling.Kept;
import dev.penstock.core.downsampling.Submodular;
import dev.penstock.core.downsampling.Submodular.Objective;
import dev.penstock.core.sampling.Ratio;
import dev.penstock.core.sampling.SampleHash;
import dev.penstock.core.submodular.Cosine;
import dev.penstock.core.submodular.Greedy;
import dev.penstock.core.submodular.PartitionedGreedy;
import dev.penstock.core.submodular.Similarity;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Modyn's cases of coresets: samples that stand for the others. */
final class ConformanceCoresets {

  private static final PartitionedGreedy NAIVE =
      new PartitionedGreedy(1, Greedy.naive(), ConformanceDownsampling.SEED);

  private static final Map<String, Objective> OBJECTIVES =
      Map.of(
          "FacilityLocation",
          Objective.FACILITY_LOCATION,
          "GraphCut",
          Objective.GRAPH_CUT,
          "LogDeterminant",
          Objective.LOG_DETERMINANT);

  private static final Map<String, Function<JsonNode, Object>> KINDS =
      Map.of(
          "KCenter", ConformanceCoresets::kCenter,
          "CRAIG.select", ConformanceCoresets::craig,
          "CRAIG.class_order", ConformanceCoresets::classOrder,
          "Submodular.select", ConformanceCoresets::submodular,
          "Submodular.optimizer", ConformanceCoresets::optimizers,
          "GradMatch.select", ConformanceCoresets::gradMatch);

  private ConformanceCoresets() {}

  /** What Penstock makes of a case; empty: it is not of a coreset. */
  static Optional<Object> run(String kind, JsonNode given) {
    return Optional.ofNullable(KINDS.get(kind)).map(run -> run.apply(given));
  }

  private static Object kCenter(JsonNode given) {
    double[][] points =
        given.has("points_1d")
            ? Arrays.stream(StatisticCases.numbers(given.get("points_1d")))
                .mapToObj(x -> new double[] {x})
                .toArray(double[][]::new)
            : StatisticCases.rows(given.required("points"));
    return ConformanceAnswers.each(
        given.required("k"),
        k -> {
          KCenterGreedy greedy = new KCenterGreedy(points);
          List<Integer> chosen = new ArrayList<>(List.of(given.required("start").asInt()));
          greedy.choose(chosen.get(0));
          while (chosen.size() < k.asInt()) {
            chosen.add(greedy.chooseFarthest());
          }
          return chosen.stream().sorted().toList();
        });
  }

  private static Object craig(JsonNode given) {
    Function<Ratio, Kept> craig =
        given.has("similarity_block_diagonal") ? bySimilarity(given) : byGradients(given);
    int most = given.path("ratio_max").asInt(100);
    Function<JsonNode, Kept> keep = ratio -> craig.apply(new Ratio(ratio.asInt(), most));
    JsonNode ratios = given.required("ratio");
    return ConformanceAnswers.of(
        "selected",
        ConformanceAnswers.each(
            ratios, ratio -> ConformanceDownsampling.ids(given, keep.apply(ratio).indexes())),
        "weights",
        ConformanceAnswers.each(ratios, ratio -> keep.apply(ratio).weights()));
  }

  private static Function<Ratio, Kept> bySimilarity(JsonNode given) {
    List<double[][]> blocks = new ArrayList<>();
    given.get("similarity_block_diagonal").forEach(block -> blocks.add(StatisticCases.rows(block)));
    int size = blocks.stream().mapToInt(block -> block.length).sum();
    double[][] matrix = new double[size][size];
    int at = 0;
    for (double[][] block : blocks) {
      int first = at;
      for (double[] row : block) {
        System.arraycopy(row, 0, matrix[at++], first, row.length);
      }
    }
    return ratio -> new Craig(NAIVE).keep(Similarity.matrix(matrix), ratio);
  }

  private static Function<Ratio, Kept> byGradients(JsonNode given) {
    List<double[]> gradients = new ArrayList<>();
    List<Long> labels = new ArrayList<>();
    long label = 0;
    for (JsonNode ofClass : given.required("gradients_by_class")) {
      for (double[] gradient : StatisticCases.rows(ofClass)) {
        gradients.add(gradient);
        labels.add(label);
      }
      label++;
    }
    double[][] rows = gradients.toArray(double[][]::new);
    long[] classes = labels.stream().mapToLong(l -> l).toArray();
    boolean balance = given.path("balance").asBoolean();
    return ratio ->
        balance
            ? ByClass.keep(
                classes,
                members ->
                    new Craig(NAIVE)
                        .keep(ByClass.at(rows, members), new long[members.length], ratio))
            : new Craig(NAIVE).keep(rows, classes, ratio);
  }

  private static Object classOrder(JsonNode given) {
    long[] targets = ConformanceAnswers.longs(given.required("targets"));
    List<Object> order = new ArrayList<>();
    ByClass.members(targets)
        .forEach(members -> order.addAll(ConformanceDownsampling.ids(given, members)));
    return ConformanceAnswers.of("index_order", order);
  }

  /** What is intended where Modyn's answer is wrong is about the determinant. */
  private static Object submodular(JsonNode given) {
    Map<String, Object> answers =
        new LinkedHashMap<>(
            ConformanceAnswers.of("LogDeterminant", submodular(given, Objective.LOG_DETERMINANT)));
    OBJECTIVES.forEach((name, objective) -> answers.put(name, submodular(given, objective)));
    return answers;
  }

  private static Object submodular(JsonNode given, Objective objective) {
    double[][] gradients = StatisticCases.rows(given.required("gradients"));
    return ConformanceAnswers.each(
        given.required("k"),
        k ->
            ConformanceDownsampling.ids(
                given,
                new Submodular(objective, NAIVE)
                    .keep(gradients, new Ratio(k.asInt(), gradients.length))
                    .indexes()));
  }

  /** Modyn's optimizers end with an error; what they must do is tried out. */
  private static Object optimizers(JsonNode given) {
    boolean lazy = false;
    for (JsonNode optimizer : given.required("optimizers")) {
      lazy |= optimizer.asText().equals("LazyGreedy");
    }
    for (int trial = 0; lazy && trial < 100; trial++) {
      Similarity similarity = new Cosine(random(trial));
      for (Objective objective : Objective.values()) {
        int[] naive = Greedy.naive().maximize(objective.of(similarity), 8);
        int[] byBounds = Greedy.lazy().maximize(objective.of(similarity), 8);
        lazy &= Arrays.equals(naive, byBounds);
      }
    }
    return lazy ? Map.of("intended", "LazyGreedy must equal NaiveGreedy") : Map.of();
  }

  private static double[][] random(int trial) {
    double[][] rows = new double[25][3];
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < rows[i].length; j++) {
        rows[i][j] = (double) SampleHash.of(SampleHash.stream(trial, i), j);
      }
    }
    return rows;
  }

  private static Object gradMatch(JsonNode given) {
    double[][] gradients = StatisticCases.rows(given.required("gradients"));
    GradMatch gradMatch = new GradMatch(given.path("lambda").asDouble(1));
    Function<JsonNode, Kept> keep =
        k ->
            ConformanceDownsampling.byClassIfBalanced(
                given,
                gradients.length,
                members ->
                    gradMatch.keep(
                        ByClass.at(gradients, members), new Ratio(k.asInt(), members.length)));
    return ConformanceAnswers.of(
        "selected",
        ConformanceAnswers.each(
            given.required("k"), k -> ConformanceDownsampling.ids(given, keep.apply(k).indexes())),
        "weights",
        ConformanceAnswers.each(given.required("k"), k -> keep.apply(k).weights()));
  }
}
