package dev.penstock.datagen.table;

import java.util.Comparator;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** What a column holds, learned from its values. */
public final class ColumnValues {

  /** More different values than this are not remembered. */
  private static final int MAX_VALUES = 10_000;

  private final SortedSet<String> values = new TreeSet<>();
  private boolean numeric = true;
  private boolean integral = true;
  private boolean overflown;

  /** Takes in the value of a row. */
  public void add(String value) {
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

  /** Whether all values are numbers. */
  public boolean isNumeric() {
    return numeric;
  }

  /** Whether all values are whole numbers. */
  public boolean isIntegral() {
    return numeric && integral;
  }

  /** Whether there were more different values than are remembered. */
  public boolean isOverflown() {
    return overflown;
  }

  /** The different values: numbers by size, words by alphabet. */
  public List<String> sorted() {
    return numeric
        ? values.stream().sorted(Comparator.comparingDouble(Numbers::parse)).toList()
        : List.copyOf(values);
  }

  /** How many different numbers there are: 1 and 1.0 are one. */
  public long distinctNumbers() {
    return values.stream().mapToDouble(Numbers::parse).distinct().count();
  }
}
