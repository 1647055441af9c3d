package dev.penstock.datagen.table;

import java.util.Locale;

/** Numbers as tables write them. */
public final class Numbers {

  private Numbers() {}

  /** The number that a text is, true and false being 1 and 0; NaN if it is none. */
  public static double parse(String text) {
    if (text.isEmpty()) {
      return Double.NaN;
    }
    char first = text.charAt(0);
    char last = text.charAt(text.length() - 1);
    // Java's own "1d", "1f", "NaN" and "Infinity" are words here.
    if ((Character.isDigit(first) || "+-.".indexOf(first) >= 0)
        && (Character.isDigit(last) || last == '.')) {
      try {
        return Double.parseDouble(text);
      } catch (NumberFormatException e) {
        return Double.NaN;
      }
    }
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true" -> 1;
      case "false" -> 0;
      default -> Double.NaN;
    };
  }
}
