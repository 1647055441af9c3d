package dev.penstock.cli.ledger;

import dev.penstock.cli.ledger.WindowRule.Point;
import dev.penstock.cli.ledger.WindowRule.Trained;
import dev.penstock.cli.ledger.chain.Chain;
import dev.penstock.cli.ledger.chain.FindDecision;
import dev.penstock.cli.ledger.chain.Guards;
import dev.penstock.cli.ledger.read.Messages;
import dev.penstock.cli.text.Columns;
import dev.penstock.cli.text.Figures;
import dev.penstock.schemas.Decision;
import dev.penstock.schemas.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A pipeline's ledger in figures, beside what policies that measure nothing would have trained had
 * they been asked as often: the ledger tells when that was, and how many samples were new.
 */
final class LedgerSummary {

  private static final List<String> TITLES = List.of("policy", ">trainings", ">samples trained");
  private static final String POLICY = "the policy";

  private final String pipeline;
  private final List<Point> points = new ArrayList<>();
  private final Map<String, Long> firedBy = new TreeMap<>();
  private final Map<String, Long> heldBy = new TreeMap<>();
  private String policy = "";
  private long number;
  private long trainings;
  private long trainedSamples;
  private long from;
  private long to;

  LedgerSummary(String pipeline) {
    this.pipeline = pipeline;
  }

  /**
   * Reads a pipeline's whole ledger.
   *
   * @throws IllegalArgumentException if there is no such pipeline
   */
  static LedgerSummary read(Messages<Decision> decisions, String pipeline) {
    LedgerSummary summary = new LedgerSummary(pipeline);
    SortedSet<String> others = new TreeSet<>();
    decisions.all(
        decision -> {
          if (decision.getPipeline().equals(pipeline)) {
            summary.add(decision);
          } else {
            others.add(decision.getPipeline());
          }
        });
    if (summary.points.isEmpty()) {
      throw FindDecision.unknownPipeline(pipeline, others);
    }
    return summary;
  }

  /** Takes the next decision. A job that was started without its state begins a new ledger. */
  void add(Decision decision) {
    if (decision.getNumber() <= number) {
      points.clear();
      firedBy.clear();
      heldBy.clear();
      trainings = 0;
      trainedSamples = 0;
    }
    boolean fired = decision.getOutcome() == Outcome.FIRED;
    (fired ? firedBy : heldBy).merge(Guards.of(decision).orElse(POLICY), 1L, Long::sum);
    from = points.isEmpty() ? decision.getSliceTime() : from;
    to = decision.getSliceTime();
    number = decision.getNumber();
    policy = decision.getPolicy();
    if (Chain.trains(decision)) {
      trainings++;
      trainedSamples += decision.getWindowSamples();
    }
    points.add(new Point(decision.getEvidence(), fired, decision.getWindowSamples()));
  }

  /** The figures. */
  List<String> lines() {
    long fired = sum(firedBy);
    List<String> lines = new ArrayList<>();
    lines.add(
        "Pipeline %s: %s from %s to %s, %s fired, %s held"
            .formatted(
                pipeline,
                Figures.count(points.size(), "evaluation"),
                Figures.time(from),
                Figures.time(to),
                Figures.count(fired),
                Figures.count(sum(heldBy))));
    by("fired by", firedBy, lines);
    by("held by", heldBy, lines);
    WindowRule rule = WindowRule.of(points);
    List<List<String>> rows = new ArrayList<>();
    rows.add(row(policy, new Trained(trainings, trainedSamples)));
    rows.add(row("always", rule.trained(points, i -> true)));
    if (fired > 0) {
      long n = Math.max(1, Math.round((double) points.size() / fired));
      rows.add(row("every-n, n = " + n, rule.trained(points, i -> (i + 1) % n == 0)));
    }
    rows.add(row("never", new Trained(0, 0)));
    Columns columns = new Columns(TITLES);
    columns.fit(rows);
    lines.add("");
    lines.add("  " + Columns.line(columns.cells(TITLES.stream().map(Columns::bare).toList())));
    rows.forEach(row -> lines.add("  " + Columns.line(columns.cells(row))));
    lines.add("");
    lines.add("Each training takes " + rule.sentence() + "; a random limit is not in the ledger.");
    return lines;
  }

  private static long sum(Map<String, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  private static void by(String title, Map<String, Long> counts, List<String> lines) {
    if (!counts.isEmpty()) {
      String parts =
          counts.entrySet().stream()
              .map(entry -> entry.getKey() + " " + Figures.count(entry.getValue()))
              .collect(Collectors.joining(", "));
      lines.add("  %-9s %s".formatted(title, parts));
    }
  }

  private static List<String> row(String policy, Trained trained) {
    return List.of(policy, Figures.count(trained.trainings()), Figures.count(trained.samples()));
  }
}
