package dev.penstock.cli.golden.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.penstock.cli.golden.suite.StatisticCases;
import dev.penstock.core.downsampling.BatchThenSample;
import dev.penstock.core.downsampling.ByClass;
import dev.penstock.core.downsampling.ImportanceSampling;
import dev.penstock.core.downsampling.Kept;
import dev.penstock.core.downsampling.LastLayer;
import dev.penstock.core.downsampling.RhoLoss;
import dev.penstock.core.downsampling.Rs2;
import dev.penstock.core.downsampling.Uncertainty;
import dev.penstock.core.sampling.Ratio;
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

  static final long SEED = 42;

  private static final Map<String, Uncertainty> UNCERTAINTIES =
      Map.of(
          "LeastConfidence",
          Uncertainty.LEAST_CONFIDENCE,
          "Entropy",
          Uncertainty.ENTROPY,
          "Margin",
          Uncertainty.MARGIN);

  private static final Map<String, Function<JsonNode, Object>> KINDS =
      Map.ofEntries(
          Map.entry("Uncertainty.scores", ConformanceDownsampling::uncertainties),
          Map.entry("Uncertainty.select", ConformanceDownsampling::leastCertain),
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
        : Optional.ofNullable(KINDS.get(kind))
            .map(run -> run.apply(given))
            .or(() -> ConformanceCoresets.run(kind, given));
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

  static Kept byClassIfBalanced(JsonNode given, int samples, Function<int[], Kept> downsampler) {
    return given.path("balance").asBoolean()
        ? ByClass.keep(ConformanceAnswers.longs(firstOf(given, "targets", "labels")), downsampler)
        : downsampler.apply(IntStream.range(0, samples).toArray());
  }

  /** Ids of samples, or their indexes where they have no ids. */
  static List<Integer> ids(JsonNode given, int[] indexes) {
    return IntStream.of(indexes)
        .mapToObj(i -> given.has("ids") ? given.get("ids").required(i).asInt() : i)
        .toList();
  }

  static Ratio ratio(JsonNode given) {
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
