package dev.penstock.core.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class RatioTest {

  @Test
  void theShareIsRoundedDown() {
    assertThat(new Ratio(125, 1000).share(31)).isEqualTo(3);
    assertThat(Ratio.percent(72).share(140)).isEqualTo(100);
    assertThat(Ratio.percent(100).share(Long.MAX_VALUE)).isEqualTo(Long.MAX_VALUE);
    // 29 % of 100 in floating point is 28.999999999999996.
    assertThat(Ratio.percent(29).share(100)).isEqualTo(29);
  }

  @Test
  void oneSampleIsKeptWhereThereIsOne() {
    assertThat(Ratio.percent(10).kept(5)).isEqualTo(1);
    assertThat(Ratio.percent(10).kept(0)).isZero();
    assertThat(Ratio.percent(50).kept(9)).isEqualTo(4);
  }

  @Test
  void refusesWhatIsNoShare() {
    assertThatThrownBy(() -> Ratio.percent(101))
        .hasMessage("ratio must be from 0 to ratio-max 100, got 101");
    assertThatThrownBy(() -> new Ratio(0, 0)).hasMessage("ratio-max must be at least 1, got 0");
    assertThatThrownBy(() -> Ratio.percent(1).share(-1))
        .hasMessage("samples must be at least 0, got -1");
  }
}
