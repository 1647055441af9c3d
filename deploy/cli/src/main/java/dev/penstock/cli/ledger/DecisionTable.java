package dev.penstock.cli.ledger;

import dev.penstock.cli.ledger.chain.Scores;
import dev.penstock.cli.text.Columns;
import dev.penstock.cli.text.Figures;
import dev.penstock.cli.text.Style;
import dev.penstock.schemas.Decision;
import dev.penstock.schemas.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Decisions, a line each, in columns that stay aligned when more come. */
final class DecisionTable {

  private static final String TITLE = "@|bold %s|@";
  private static final String FIRED = "@|bold,green %s|@";

  private static final List<String> TITLES =
      List.of(
          "pipeline",
          ">number",
          "outcome",
          "slice time",
          "policy",
          "scores/thresholds",
          ">evidence",
          ">window",
          "model used",
          "reason");

  private static final int OUTCOME = 2;

  private final Columns columns = new Columns(TITLES);
  private final Style style;

  DecisionTable(Style style) {
    this.style = style;
  }

  /** The line of titles and those of the first decisions. */
  List<String> begin(List<Decision> decisions) {
    columns.fit(decisions.stream().map(DecisionTable::row).toList());
    List<String> lines = new ArrayList<>();
    String titles = Columns.line(columns.cells(TITLES.stream().map(Columns::bare).toList()));
    lines.add(style.markedUp(TITLE, titles));
    decisions.forEach(decision -> lines.add(line(decision)));
    return lines;
  }

  /** A decision's line. */
  String line(Decision decision) {
    List<String> row = row(decision);
    columns.fit(List.of(row));
    List<String> cells = columns.cells(row);
    if (decision.getOutcome() == Outcome.FIRED) {
      cells.set(OUTCOME, style.markedUp(FIRED, cells.get(OUTCOME)));
    }
    return Columns.line(cells);
  }

  private static List<String> row(Decision decision) {
    boolean fired = decision.getOutcome() == Outcome.FIRED;
    return List.of(
        decision.getPipeline(),
        String.valueOf(decision.getNumber()),
        decision.getOutcome().name(),
        Figures.time(decision.getSliceTime()),
        decision.getPolicy(),
        Scores.brief(decision.getScores()),
        Figures.count(decision.getEvidence()),
        fired ? Figures.count(decision.getWindowSamples()) : "-",
        Optional.ofNullable(decision.getModelVersion()).orElse("-"),
        decision.getReason());
  }
}
