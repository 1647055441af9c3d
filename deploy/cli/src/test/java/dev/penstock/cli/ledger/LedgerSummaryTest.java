package dev.penstock.cli.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.cli.ledger.WindowRule.Point;
import dev.penstock.cli.ledger.WindowRule.Trained;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LedgerSummaryTest {

  @Test
  void comparesWithPoliciesThatMeasureNothing() {
    LedgerSummary summary = new LedgerSummary("sea");
    summary.add(Ledgers.fired("sea", 1, 1));
    summary.add(Ledgers.cooledDown("sea", 2, 1));
    for (int number = 3; number < 14; number++) {
      summary.add(Ledgers.held("sea", number, 1, 0.01));
    }
    summary.add(Ledgers.fired("sea", 14, 2));

    assertThat(summary.lines())
        .containsExactly(
            "Pipeline sea: 14 evaluations from 2026-01-01T00:01:40Z to 2026-01-01T00:23:20Z, 2"
                + " fired, 12 held",
            "  fired by  the policy 2",
            "  held by   cool-down 1, the policy 11",
            "",
            "  policy          trainings  samples trained",
            "  data-drift              2            1,300",
            "  always                 14            1,400",
            "  every-n, n = 7          2            1,400",
            "  never                   0                0",
            "",
            "Each training takes the samples since the trigger before, at most the last 1,200; a"
                + " random limit is not in the ledger.");
  }

  @Test
  void findsOutTheRuleOfWindows() {
    List<Point> tailOfOne =
        List.of(fired(10, 10), fired(0, 10), held(5), fired(20, 25), fired(7, 32));
    List<Point> odd = List.of(fired(10, 3), fired(10, 11));

    WindowRule rule = WindowRule.of(tailOfOne);
    assertThat(rule).isEqualTo(new WindowRule(1, Long.MAX_VALUE, /* known= */ true));
    // Nothing new at the second evaluation: no training, though a trigger.
    assertThat(rule.trained(tailOfOne, i -> true)).isEqualTo(new Trained(4, 10 + 5 + 25 + 27));
    assertThat(WindowRule.of(odd).known()).isFalse();
  }

  private static Point fired(long evidence, long window) {
    return new Point(evidence, /* fired= */ true, window);
  }

  private static Point held(long evidence) {
    return new Point(evidence, /* fired= */ false, 0);
  }
}
