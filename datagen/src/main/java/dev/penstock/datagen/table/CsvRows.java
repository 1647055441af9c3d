package dev.penstock.datagen.table;

import dev.penstock.datagen.file.DataException;
import dev.penstock.datagen.file.SourceFile;
import dev.penstock.schemas.spec.dataset.SourceSpec.FormatSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/** Rows of separated values. */
final class CsvRows implements Rows {

  /** Name of a first column that the header leaves out, as R's read.table has it. */
  private static final String ROW = "row";

  private final FormatSpec.Csv format;
  private final Iterator<SourceFile> files;
  private List<String> columns = List.of();
  private @Nullable SourceFile file;
  private @Nullable CSVParser parser;
  private @Nullable CSVRecord record;
  private @Nullable CSVRecord ahead;

  CsvRows(FormatSpec.Csv format, List<SourceFile> files) throws IOException {
    this.format = format;
    this.files = files.iterator();
    nextFile();
  }

  @Override
  public List<String> columns() {
    return columns;
  }

  @Override
  public boolean next() throws IOException {
    while (true) {
      record = ahead != null ? ahead : read();
      ahead = null;
      if (record != null) {
        checkWidth(record);
        return true;
      }
      if (!nextFile()) {
        return false;
      }
    }
  }

  private boolean nextFile() throws IOException {
    close();
    if (!files.hasNext()) {
      return false;
    }
    SourceFile next = files.next();
    file = next;
    CSVFormat.Builder builder =
        CSVFormat.Builder.create()
            .setDelimiter(format.separator())
            .setQuote(format.quote().orElse(null))
            .setCommentMarker(format.comment().orElse(null))
            .setIgnoreEmptyLines(true)
            .setIgnoreSurroundingSpaces(format.separator() != '\t');
    parser = CSVParser.builder().setReader(next.openText()).setFormat(builder.get()).get();
    CSVRecord header = format.header() ? read() : null;
    ahead = read();
    List<String> found = columns(header, ahead);
    if (!columns.isEmpty() && !found.isEmpty() && !columns.equals(found)) {
      throw new DataException(
          next.toString(),
          1,
          "columns must be those of the files before, " + columns + ", got " + found);
    }
    if (!found.isEmpty()) {
      columns = found;
    }
    return true;
  }

  private List<String> columns(@Nullable CSVRecord header, @Nullable CSVRecord first) {
    if (first == null) {
      return List.of();
    }
    if (!format.columns().isEmpty()) {
      return format.columns();
    }
    List<String> names = new ArrayList<>();
    if (header == null) {
      for (int i = 0; i < width(first); i++) {
        names.add("c" + i);
      }
      return names;
    }
    header.forEach(name -> names.add(name.strip()));
    while (names.size() > 1 && names.get(names.size() - 1).isEmpty()) {
      names.remove(names.size() - 1);
    }
    if (width(first) == names.size() + 1) {
      names.add(0, ROW);
    }
    return names;
  }

  /** Number of values without empty ones after a trailing separator beyond the columns. */
  private int width(CSVRecord row) {
    int width = row.size();
    int least = columns.isEmpty() ? 1 : columns.size();
    while (width > least && row.get(width - 1).isBlank()) {
      width--;
    }
    return width;
  }

  private void checkWidth(CSVRecord row) {
    if (width(row) != columns.size()) {
      throw error("row must have " + columns.size() + " values, got " + row.size());
    }
  }

  private @Nullable CSVRecord read() throws IOException {
    if (parser == null) {
      return null;
    }
    try {
      Iterator<CSVRecord> records = parser.iterator();
      return records.hasNext() ? records.next() : null;
    } catch (UncheckedIOException e) {
      throw new DataException(
          String.valueOf(file), parser.getCurrentLineNumber(), String.valueOf(e.getMessage()));
    }
  }

  @Override
  public String value(int column) {
    return record == null ? "" : record.get(column).strip();
  }

  @Override
  public DataException error(String message) {
    long line = parser == null ? 0 : parser.getCurrentLineNumber();
    return new DataException(String.valueOf(file), line, message);
  }

  @Override
  public void close() throws IOException {
    if (parser != null) {
      parser.close();
      parser = null;
    }
  }
}
