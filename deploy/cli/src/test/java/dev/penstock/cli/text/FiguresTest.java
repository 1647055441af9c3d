package dev.penstock.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class FiguresTest {

  @Test
  void writesNumbersToFourDigits() {
    assertThat(Figures.number(0.0412345)).isEqualTo("0.04123");
    assertThat(Figures.number(0.05)).isEqualTo("0.05");
    assertThat(Figures.number(600)).isEqualTo("600");
    assertThat(Figures.number(-12.3456)).isEqualTo("-12.35");
    assertThat(Figures.number(12_345.6)).isEqualTo("12,346");
    assertThat(Figures.number(999.96)).isEqualTo("1000");
    assertThat(Figures.number(0)).isEqualTo("0");
    assertThat(Figures.number(1.23456e-7)).isEqualTo("1.235e-07");
    assertThat(Figures.number(Double.NaN)).isEqualTo("NaN");
  }

  @Test
  void writesDurationsInTwoUnits() {
    assertThat(Figures.duration(0)).isEqualTo("0 ms");
    assertThat(Figures.duration(840)).isEqualTo("840 ms");
    assertThat(Figures.duration(12_340)).isEqualTo("12.3 s");
    assertThat(Figures.duration(250_000)).isEqualTo("4 min 10 s");
    assertThat(Figures.duration(3 * 3_600_000)).isEqualTo("3 h");
    assertThat(Figures.duration(30 * 3_600_000)).isEqualTo("1 d 6 h");
    assertThat(Figures.duration(-840)).isEqualTo("-840 ms");
  }

  @Test
  void writesTimesAsIso() {
    assertThat(Figures.time(0)).isEqualTo("1970-01-01T00:00:00Z");
    assertThat(Figures.time(Long.MIN_VALUE)).isEqualTo("no sample yet");
  }
}
