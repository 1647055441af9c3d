package dev.penstock.worker.benchmark.downsampling;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * How the models of a contestant did, one a seed.
 *
 * @param accuracies on test samples
 * @param selections seconds of a choice, of those that choose
 * @param trainings seconds of a training, with all choices
 * @param used different samples trained on, on average
 */
record DownsamplingResult(
    String name,
    List<Double> accuracies,
    List<Double> selections,
    List<Double> trainings,
    long used) {

  static final String HEAD =
      """
      | downsampling | accuracy, % | over the baseline | samples used | s a selection | s a training |
      |---|---|---|---|---|---|
      """;

  /** A line of the table. */
  String line(DownsamplingResult baseline) {
    List<Double> differences =
        IntStream.range(0, accuracies.size())
            .mapToObj(i -> accuracies.get(i) - baseline.accuracies.get(i))
            .toList();
    return String.format(
        Locale.ROOT,
        "| %s | %s | %s | %,d | %s | %.1f |",
        name,
        percent(accuracies),
        name.equals(baseline.name) ? "" : signed(differences),
        used,
        selections.isEmpty() ? "" : String.format(Locale.ROOT, "%.3f", mean(selections)),
        mean(trainings));
  }

  private static String percent(List<Double> shares) {
    return String.format(Locale.ROOT, "%.2f ± %.2f", 100 * mean(shares), 100 * deviation(shares));
  }

  /** Of the same seed each, so that their deviation is that of the difference. */
  private static String signed(List<Double> differences) {
    return String.format(
        Locale.ROOT, "%+.2f ± %.2f", 100 * mean(differences), 100 * deviation(differences));
  }

  static double mean(List<Double> values) {
    return values.stream().mapToDouble(value -> value).average().orElse(Double.NaN);
  }

  /** Of a sample of values. */
  static double deviation(List<Double> values) {
    double mean = mean(values);
    double squares = values.stream().mapToDouble(value -> (value - mean) * (value - mean)).sum();
    return values.size() < 2 ? 0 : Math.sqrt(squares / (values.size() - 1));
  }
}
