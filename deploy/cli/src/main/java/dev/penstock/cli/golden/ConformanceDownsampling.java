package dev.penstock.cli.golden;

import com.fasterxml.jackson.databind.JsonNode;
import dev.penstock.core.downsampling.BatchThenSample;
import dev.penstock.core.downsampling.ByClass;
import dev.penstock.core.downsampling.Craig;
import dev.penstock.core.downsampling.GradMatch;
import dev.penstock.core.downsampling.ImportanceSampling;
import dev.penstock.core.downsampling.KCenterGreedy;
import dev.penstock.core.downsampling.Kept;
import dev.penstock.core.downsampling.LastLayer;
import dev.penstock.core.downsampling.RhoLoss;
import dev.penstock.core.downsampling.Rs2;
import dev.penstock.core.downsampling.Submodular;
import dev.penstock.core.downsampling.Submodular.Objective;
import dev.penstock.core.downsampling.Uncertainty;
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
import java.util.stream.IntStream;

/**
 * Modyn's cases of downsampling. Of what it draws at random, the probabilities and weights are
 * compared, and what holds for every draw.
 */
final class ConformanceDownsampling {

  private static final long SEED = 42;

  private static final PartitionedGreedy NAIVE = new PartitionedGreedy(1, Greedy.naive(), SEED);

  private static final Map<String, Uncertainty> UNCERTAINTIES =
      Map.of(
          "LeastConfidence",
          Uncertainty.LEAST_CONFIDENCE,
          "Entropy",
          Uncertainty.ENTROPY,
          "Margin",
          Uncertainty.MARGIN);

  private static final Map<String, Objective> OBJECTIVES =
      Map.of(
          "FacilityLocation",
          Objective.FACILITY_LOCATION,
          "GraphCut",
          Objective.GRAPH_CUT,
          "LogDeterminant",
          Objective.LOG_DETERMINANT);

  private static final Map<String, Function<JsonNode, Object>> KINDS =
      Map.ofEntries(
          Map.entry("Uncertainty.scores", ConformanceDownsampling::uncertainties),
          Map.entry("Uncertainty.select", ConformanceDownsampling::leastCertain),
          Map.entry("KCenter", ConformanceDownsampling::kCenter),
          Map.entry("CRAIG.select", ConformanceDownsampling::craig),
          Map.entry("CRAIG.class_order", ConformanceDownsampling::classOrder),
          Map.entry("Submodular.select", ConformanceDownsampling::submodular),
          Map.entry("Submodular.optimizer", ConformanceDownsampling::optimizers),
          Map.entry("GradMatch.select", ConformanceDownsampling::gradMatch),
          Map.entry("RHO.select", ConformanceDownsampling::rho),
          Map.entry("RHO.score", given -> reducible(given)),
          Map.entry("RHO.stb", ConformanceDownsampling::rho),
          Map.entry("RS2.without_replacement", ConformanceDownsampling::rs2Epochs),
          Map.entry("RS2", ConformanceDownsampling::rs2),
          Map.entry("Trainer.bts_counts", ConformanceDownsampling::batchThenSample));

  private ConformanceDownsampling() {}

  /** What Penstock makes of a case; empty: it is not of a downsampling. */
  static Optional<Object> run(String kind, JsonNode given) {
    return kind.startsWith("DLIS.")
        ? Optional.of(importance(given))
        : Optional.ofNullable(KINDS.get(kind)).map(run -> run.apply(given));
  }

  /** By losses or norms of gradients, which are given or follow from logits. */
  private static Object importance(JsonNode given) {
    double[] scores =
        given.has("logits")
            ? norms(given)
            : ConformanceAnswers.numbers(firstOf(given, "losses", "grad_norms", "norms"));
    Kept kept = ImportanceSampling.keep(scores, ratio(given), SEED);
    return ConformanceAnswers.of(
        "weights",
        kept.weights(),
        "selected",
        ids(given, kept.indexes()),
        "size",
        kept.indexes().length,
        "probabilities",
        ImportanceSampling.probabilities(scores),
        "scores",
        scores,
        "grad_norms",
        scores,
        "norms",
        scores);
  }

  private static double[] norms(JsonNode given) {
    double[][] logits = StatisticCases.rows(given.required("logits"));
    List<Integer> labels = ConformanceAnswers.integers(firstOf(given, "targets", "labels"));
    return IntStream.range(0, logits.length)
        .mapToDouble(i -> LastLayer.gradientNorm(logits[i], labels.get(i)))
        .toArray();
  }

  private static Object uncertainties(JsonNode given) {
    boolean softmax = given.path("softmax").asBoolean(true);
    Map<String, Object> answers = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> rows : given.properties()) {
      if (UNCERTAINTIES.containsKey(rows.getKey())) {
        Uncertainty score = UNCERTAINTIES.get(rows.getKey());
        answers.put(
            rows.getKey(),
            Arrays.stream(StatisticCases.rows(rows.getValue()))
                .map(row -> uncertainty(score, row, softmax))
                .toList());
      }
    }
    return answers;
  }

  private static double uncertainty(Uncertainty score, double[] row, boolean softmax) {
    if (softmax || score == Uncertainty.LEAST_CONFIDENCE) {
      return score.ofLogits(row);
    }
    return score.ofProbabilities(row.length == 1 ? new double[] {1 - row[0], row[0]} : row);
  }

  private static Object leastCertain(JsonNode given) {
    double[][] logits = StatisticCases.rows(given.required("logits"));
    Map<String, Object> answers = new LinkedHashMap<>();
    UNCERTAINTIES.forEach(
        (name, score) -> {
          Kept kept =
              byClassIfBalanced(
                  given,
                  logits.length,
                  members -> score.keep(ByClass.at(logits, members), ratio(given)));
          answers.put(
              name,
              Map.of(
                  "scores",
                  Arrays.stream(logits).map(score::ofLogits).toList(),
                  "selected",
                  ids(given, kept.indexes()),
                  "weights",
                  kept.weights()));
        });
    return answers;
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
        ConformanceAnswers.each(ratios, ratio -> ids(given, keep.apply(ratio).indexes())),
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
    ByClass.members(targets).forEach(members -> order.addAll(ids(given, members)));
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
            ids(
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
            byClassIfBalanced(
                given,
                gradients.length,
                members ->
                    gradMatch.keep(
                        ByClass.at(gradients, members), new Ratio(k.asInt(), members.length)));
    return ConformanceAnswers.of(
        "selected",
        ConformanceAnswers.each(given.required("k"), k -> ids(given, keep.apply(k).indexes())),
        "weights",
        ConformanceAnswers.each(given.required("k"), k -> keep.apply(k).weights()));
  }

  private static Object rho(JsonNode given) {
    double[] reducible =
        given.has("rho") ? StatisticCases.numbers(given.get("rho")) : reducible(given);
    Kept kept = RhoLoss.keep(reducible, ratio(given));
    return ConformanceAnswers.of("selected", ids(given, kept.indexes()), "weights", kept.weights());
  }

  private static double[] reducible(JsonNode given) {
    return RhoLoss.reducible(
        ConformanceAnswers.numbers(given.required("train_loss")),
        ConformanceAnswers.numbers(given.required("irreducible_loss")));
  }

  private static Object rs2Epochs(JsonNode given) {
    int samples = given.required("n").asInt();
    Rs2 rs2 = new Rs2(ratio(given), Rs2.Replacement.WITHOUT);
    List<List<Integer>> epochs = new ArrayList<>();
    for (int epoch = 0; epoch < given.required("epochs").asInt(); epoch++) {
      epochs.add(Arrays.stream(rs2.keep(samples, epoch, SEED).indexes()).boxed().toList());
    }
    Map<String, Object> answers =
        new LinkedHashMap<>(
            ConformanceAnswers.of("sizes", epochs.stream().map(List::size).toList()));
    if (epochs.size() > 1) {
      answers.put(
          "epoch1_and_2_disjoint", epochs.get(0).stream().noneMatch(epochs.get(1)::contains));
    }
    if (epochs.size() > 2) {
      List<Integer> union = new ArrayList<>(epochs.get(0));
      union.addAll(epochs.get(1));
      answers.put("epoch3_subset_of_union", union.containsAll(epochs.get(2)));
    }
    return answers;
  }

  private static Object rs2(JsonNode given) {
    int samples = given.required("n").asInt();
    List<Integer> sizes = new ArrayList<>();
    List<Integer> empty = new ArrayList<>();
    boolean distinct = true;
    for (JsonNode ratio : given.required("ratio")) {
      int most = given.path("ratio_max").asInt(100);
      for (JsonNode replacement : given.required("replacement")) {
        Rs2 rs2 =
            new Rs2(
                new Ratio(ratio.asInt(), most),
                replacement.asBoolean() ? Rs2.Replacement.WITH : Rs2.Replacement.WITHOUT);
        for (int epoch = 0; epoch < 10; epoch++) {
          int[] indexes = rs2.keep(samples, epoch, SEED).indexes();
          distinct &= Arrays.stream(indexes).distinct().count() == indexes.length;
          sizes.add(indexes.length);
        }
        empty.add(rs2.keep(given.path("empty_n").asInt(), 0, SEED).indexes().length);
      }
    }
    return ConformanceAnswers.of(
        "sizes",
        sizes.stream().distinct().toList(),
        "no_duplicates_within_epoch",
        distinct,
        "empty",
        empty.stream().distinct().toList());
  }

  private static Object batchThenSample(JsonNode given) {
    int batchSize = given.required("batch_size").asInt();
    long batches = given.required("batches").asLong();
    List<Long> updates = new ArrayList<>();
    List<Long> trained = new ArrayList<>();
    for (JsonNode ratio : given.required("cases_ratio_max")) {
      BatchThenSample plan =
          new BatchThenSample(batchSize, new Ratio(ratio.get(0).asInt(), ratio.get(1).asInt()));
      updates.add(plan.updates(batches));
      trained.add(plan.updates(batches) * batchSize);
    }
    return ConformanceAnswers.of(
        "updates",
        updates,
        "samples_seen",
        batches * batchSize,
        "samples_trained",
        trained,
        "update_batch_size",
        batchSize);
  }

  private static Kept byClassIfBalanced(
      JsonNode given, int samples, Function<int[], Kept> downsampler) {
    return given.path("balance").asBoolean()
        ? ByClass.keep(ConformanceAnswers.longs(firstOf(given, "targets", "labels")), downsampler)
        : downsampler.apply(IntStream.range(0, samples).toArray());
  }

  /** Ids of samples, or their indexes where they have no ids. */
  private static List<Integer> ids(JsonNode given, int[] indexes) {
    return IntStream.of(indexes)
        .mapToObj(i -> given.has("ids") ? given.get("ids").required(i).asInt() : i)
        .toList();
  }

  private static Ratio ratio(JsonNode given) {
    return new Ratio(given.required("ratio").asInt(), given.path("ratio_max").asInt(100));
  }

  private static JsonNode firstOf(JsonNode given, String... names) {
    return Arrays.stream(names)
        .filter(given::has)
        .map(given::get)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("None of " + List.of(names) + " is given"));
  }
}
