package dev.penstock.datagen.table;

import dev.penstock.schemas.spec.dataset.SourceSpec.Categorical;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;

/** One column of a table as one or more features. */
public sealed interface FeatureColumn {

  /** A column of more words than this is hashed. */
  int MAX_CATEGORIES = 64;

  /** Number of features. */
  int width();

  /** Writes the features of a value; false: it is not what the column holds. */
  boolean encode(String value, float[] features, int position);

  /** The features that a column's values make. */
  static FeatureColumn of(ColumnValues values, Categorical categorical) {
    if (values.isNumeric()) {
      return new Numeric();
    }
    if (values.isOverflown()
        || (values.sorted().size() > MAX_CATEGORIES && categorical == Categorical.ONE_HOT)) {
      return new Hashed();
    }
    Map<String, Integer> indexes = new HashMap<>();
    List<String> sorted = values.sorted();
    for (String value : sorted) {
      indexes.put(value, indexes.size());
    }
    return switch (categorical) {
      case ONE_HOT -> new OneHot(indexes);
      case ORDINAL -> new Ordinal(indexes);
    };
  }

  /** The number itself. */
  record Numeric() implements FeatureColumn {

    @Override
    public int width() {
      return 1;
    }

    @Override
    public boolean encode(String value, float[] features, int position) {
      double number = Numbers.parse(value);
      features[position] = (float) number;
      return !Double.isNaN(number);
    }
  }

  /** 1 in the value's place, else 0. */
  record OneHot(Map<String, Integer> indexes) implements FeatureColumn {

    @Override
    public int width() {
      return indexes.size();
    }

    @Override
    public boolean encode(String value, float[] features, int position) {
      Integer index = indexes.get(value);
      if (index != null) {
        features[position + index] = 1;
      }
      return index != null;
    }
  }

  /** The value's index. */
  record Ordinal(Map<String, Integer> indexes) implements FeatureColumn {

    @Override
    public int width() {
      return 1;
    }

    @Override
    public boolean encode(String value, float[] features, int position) {
      Integer index = indexes.get(value);
      if (index != null) {
        features[position] = index;
      }
      return index != null;
    }
  }

  /** 1 in one of {@link #MAX_CATEGORIES} places, by CRC-32 of the value. */
  record Hashed() implements FeatureColumn {

    @Override
    public int width() {
      return MAX_CATEGORIES;
    }

    @Override
    public boolean encode(String value, float[] features, int position) {
      CRC32 crc = new CRC32();
      crc.update(value.getBytes(StandardCharsets.UTF_8));
      features[position + (int) (crc.getValue() % MAX_CATEGORIES)] = 1;
      return true;
    }
  }
}
