package dev.penstock.datagen.reader;

import java.util.Comparator;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** What a column holds, learned from its values. */
final class ColumnValues {

  /** More different values than this are not remembered. */
  private static final int MAX_VALUES = 10_000;

  private final SortedSet<String> values = new TreeSet<>();
  private boolean numeric = true;
  private boolean integral = true;
  private boolean overflown;

  void add(String value) {
    if (!overflown && values.add(value) && values.size() > MAX_VALUES) {
      overflown = true;
      values.clear();
    }
    if (numeric) {
      double number = Numbers.parse(value);
      numeric = !Double.isNaN(number);
      integral = integral && number == Math.rint(number);
    }
  }

  boolean isNumeric() {
    return numeric;
  }

  boolean isIntegral() {
    return numeric && integral;
  }

  boolean isOverflown() {
    return overflown;
  }

  /** The different values: numbers by size, words by alphabet. */
  List<String> sorted() {
    return numeric
        ? values.stream().sorted(Comparator.comparingDouble(Numbers::parse)).toList()
        : List.copyOf(values);
  }

  /** How many different numbers there are: 1 and 1.0 are one. */
  long distinctNumbers() {
    return values.stream().mapToDouble(Numbers::parse).distinct().count();
  }
}
