package dev.penstock.core.trigger.watching;

import java.util.Locale;
import java.util.OptionalDouble;

/** Figures in words. */
final class Figures {

  private Figures() {}

  /** Four significant digits. */
  static String text(double value) {
    return String.format(Locale.ROOT, "%.4g", value);
  }

  /** A score and what it was held against. */
  static String against(double score, OptionalDouble threshold) {
    return threshold.isPresent()
        ? text(score) + " against " + text(threshold.getAsDouble())
        : text(score) + " against nothing yet";
  }
}
