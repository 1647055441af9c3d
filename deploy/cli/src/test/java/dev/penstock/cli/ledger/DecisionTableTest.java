package dev.penstock.cli.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.cli.ledger.chain.Scores;
import dev.penstock.cli.text.Style;
import dev.penstock.schemas.Decision;
import dev.penstock.schemas.Score;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DecisionTableTest {

  @Test
  void alignsDecisionsAndThoseThatComeLater() {
    DecisionTable table = new DecisionTable(Style.PLAIN);

    List<String> begin =
        table.begin(List.of(Ledgers.fired("sea", 1, 1), Ledgers.held("sea", 2, 1, 0.0412345)));
    String later = table.line(Ledgers.fired("sea", 14, 2));

    assertThat(String.join("\n", begin) + "\n" + later)
        .isEqualTo(
            """
            pipeline  number  outcome  slice time            policy      scores/thresholds  evidence  window  model used  reason
            sea            1  FIRED    2026-01-01T00:01:40Z  data-drift  mmd 0.07123/0.05        100     100  -           drift
            sea            2  HELD     2026-01-01T00:03:20Z  data-drift  mmd 0.04123/0.05        100       -  -           no drift
            sea           14  FIRED    2026-01-01T00:23:20Z  data-drift  mmd 0.07123/0.05        100   1,200  sea-1       drift\
            """);
  }

  @Test
  void coloursTerminalsOnly() {
    Decision fired = Ledgers.fired("sea", 1, 1);

    assertThat(new DecisionTable(Style.PLAIN).line(fired)).doesNotContain("\u001b");
    assertThat(new DecisionTable(Style.TERMINAL).line(fired)).contains("\u001b[32mFIRED");
  }

  @Test
  void writesScoresByWhatTheirNamesSay() {
    assertThat(
            Scores.brief(
                List.of(
                    new Score("accuracy", 0.91234, null),
                    new Score("windowEnd", 0.0, 0.0),
                    new Score("coolDownMillis", 1_500.0, 60_000.0))))
        .isEqualTo("accuracy 0.9123, windowEnd 1970-01-01T00:00:00Z, coolDownMillis 1.5 s/1 min");
    assertThat(Scores.brief(List.of())).isEqualTo("-");
  }
}
