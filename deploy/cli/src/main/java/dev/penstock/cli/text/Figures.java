package dev.penstock.cli.text;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Locale;

/** Numbers, durations and times as people read them. */
public final class Figures {

  private static final MathContext FOUR_DIGITS = new MathContext(4, RoundingMode.HALF_EVEN);

  /** From here on, whole numbers are exact enough. */
  private static final double WHOLE_FROM = 1_000;

  /** Below, zeros would have to be counted. */
  private static final double SCIENTIFIC_BELOW = 1e-4;

  private static final double SCIENTIFIC_FROM = 1e15;

  private static final long SECOND = 1_000;
  private static final long MINUTE = 60 * SECOND;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;

  private Figures() {}

  /** With thousands separators. */
  public static String count(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  /** So many of something, whose plural has an s. */
  public static String count(long count, String noun) {
    return count(count) + " " + noun + (count == 1 ? "" : "s");
  }

  /** To 4 significant digits; whole from 1,000 on. */
  public static String number(double value) {
    if (!Double.isFinite(value)) {
      return String.valueOf(value);
    }
    double size = Math.abs(value);
    if (size >= SCIENTIFIC_FROM || (size < SCIENTIFIC_BELOW && size > 0)) {
      return String.format(Locale.ROOT, "%.3e", value);
    }
    if (size >= WHOLE_FROM) {
      return count(Math.round(value));
    }
    BigDecimal rounded = new BigDecimal(value).round(FOUR_DIGITS).stripTrailingZeros();
    return rounded.signum() == 0 ? "0" : rounded.toPlainString();
  }

  /** In the two largest units that matter. */
  public static String duration(long millis) {
    if (millis < 0) {
      return "-" + duration(Math.max(-millis, 0));
    }
    if (millis < SECOND) {
      return millis + " ms";
    }
    if (millis < MINUTE) {
      return number(Math.round(millis / 100.0) / 10.0) + " s";
    }
    if (millis < HOUR) {
      return units(millis, MINUTE, "min", SECOND, "s");
    }
    return millis < DAY
        ? units(millis, HOUR, "h", MINUTE, "min")
        : units(millis, DAY, "d", HOUR, "h");
  }

  private static String units(long millis, long large, String unit, long small, String smallUnit) {
    long rest = millis % large / small;
    String whole = count(millis / large) + " " + unit;
    return rest == 0 ? whole : whole + " " + rest + " " + smallUnit;
  }

  /** ISO 8601, UTC. */
  public static String time(long millis) {
    return millis == Long.MIN_VALUE ? "no sample yet" : Instant.ofEpochMilli(millis).toString();
  }
}
