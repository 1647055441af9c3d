package dev.penstock.schemas.spec.dataset;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Recorded files that a dataset's samples are read from, in the order given.
 *
 * @param files paths or globs, relative to the dataset file; may be compressed (.gz, .xz); a file
 *     in a .zip archive is named as {@code archive.zip!inner.csv}, and a bare archive means its
 *     only file
 * @param format how to read them
 * @param time where event time comes from
 */
public record SourceSpec(List<String> files, FormatSpec format, TimeSpec time) {

  public SourceSpec {
    files = List.copyOf(files);
    requireNonNull(format, "format is null");
    requireNonNull(time, "time is null");
    if (files.isEmpty()) {
      throw new IllegalArgumentException("files must have an entry, got []");
    }
  }

  /** Where event time comes from. */
  public sealed interface TimeSpec {

    /** Row order: the i-th sample (from 0) is at {@code start + i*step}. */
    record RowOrder(Instant start, Duration step) implements TimeSpec {

      public RowOrder {
        requireNonNull(start, "start is null");
        requireNonNull(step, "step is null");
        if (step.isNegative()) {
          throw new IllegalArgumentException("step must not be negative, got " + step);
        }
      }
    }

    /**
     * Columns, joined by a space.
     *
     * @param columns names of the columns
     * @param pattern {@code epoch-seconds}, {@code epoch-millis}, {@code iso}, or a pattern of
     *     {@link java.time.format.DateTimeFormatter}; times without a zone are UTC
     */
    record Columns(List<String> columns, String pattern) implements TimeSpec {

      public Columns {
        columns = List.copyOf(columns);
        requireNonNull(pattern, "pattern is null");
        if (columns.isEmpty()) {
          throw new IllegalArgumentException("columns must have an entry, got []");
        }
      }
    }
  }

  /** How a file is read. */
  public sealed interface FormatSpec {

    /** Rows of named columns. */
    sealed interface Tabular extends FormatSpec {

      /** What the columns mean. */
      TableSpec table();
    }

    /**
     * Separated values.
     *
     * @param separator one character
     * @param header whether the first row names the columns; else they are {@code c0}, {@code c1},
     *     …; a header one short of its rows leaves out the first column, named {@code row}
     * @param columns names of the columns, in place of the header's; empty: as the header says
     * @param comment lines that start with it are skipped
     * @param quote quotes a value that holds the separator; empty: values are not quoted
     * @param table what the columns mean
     */
    record Csv(
        char separator,
        boolean header,
        List<String> columns,
        Optional<Character> comment,
        Optional<Character> quote,
        TableSpec table)
        implements Tabular {

      public Csv {
        columns = List.copyOf(columns);
      }
    }

    /** Weka's attribute-relation file format. */
    record Arff(TableSpec table) implements Tabular {}

    /** {@code label index:value …}, as LIBSVM writes it. */
    record Libsvm() implements FormatSpec {}

    /**
     * MNIST's IDX files.
     *
     * @param labels label files, one for each of the source's files, in their order
     */
    record Idx(List<String> labels) implements FormatSpec {

      public Idx {
        labels = List.copyOf(labels);
      }
    }

    /**
     * PNG, JPEG, GIF or BMP images; the label is the name of the folder that an image lies in.
     *
     * @param width pixels that images are scaled to
     * @param height pixels that images are scaled to
     * @param color RGB (3 channels), else grey
     */
    record Images(int width, int height, boolean color) implements FormatSpec {

      public Images {
        if (width < 1 || height < 1) {
          throw new IllegalArgumentException(
              "width and height must be positive, got " + width + " and " + height);
        }
      }
    }
  }

  /**
   * What the columns of a table mean. Columns that are neither label, key, dropped nor used for
   * time are features.
   *
   * @param label the label's column; empty: samples have no label
   * @param key the key's column; empty: the row number
   * @param text column of the payload of a text dataset
   * @param drop columns that are not features
   * @param missing values that stand for a missing one
   * @param onMissing what becomes of a row with a missing feature
   * @param categorical how columns that hold words become numbers
   */
  public record TableSpec(
      Optional<String> label,
      Optional<String> key,
      Optional<String> text,
      List<String> drop,
      List<String> missing,
      OnMissing onMissing,
      Categorical categorical) {

    public TableSpec {
      requireNonNull(label, "label is null");
      drop = List.copyOf(drop);
      missing = List.copyOf(missing);
      requireNonNull(onMissing, "on-missing is null");
      requireNonNull(categorical, "categorical is null");
    }
  }

  /**
   * What becomes of a row with a missing feature. Rows with a missing label are always left out.
   */
  public enum OnMissing {
    /** The row is left out. */
    SKIP,
    /** The feature is 0. */
    ZERO,
    /** The feature is that of the row before, 0 in the first. */
    PREVIOUS
  }

  /** How columns that hold words become numbers. */
  public enum Categorical {
    /** One column per value, up to 64 values; more are hashed to 64 columns. */
    ONE_HOT,
    /** Index of the value among the values in alphabetical order. */
    ORDINAL
  }
}
