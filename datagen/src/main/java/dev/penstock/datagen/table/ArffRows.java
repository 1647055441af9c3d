package dev.penstock.datagen.table;

import dev.penstock.datagen.file.DataException;
import dev.penstock.datagen.file.SourceFile;
import dev.penstock.datagen.file.TextLines;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Rows of Weka's attribute-relation file format, dense or sparse ({@code {index value, …}}): of its
 * header only the attributes' names matter here, since what a column holds shows in its values.
 */
final class ArffRows implements Rows {

  private static final Pattern ATTRIBUTE =
      Pattern.compile(
          "@attribute\\s+('(?:[^'\\\\]|\\\\.)*'|\"(?:[^\"\\\\]|\\\\.)*\"|\\S+)\\s+(.*)",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern VALUE =
      Pattern.compile("\\s*('(?:[^'\\\\]|\\\\.)*'|\"(?:[^\"\\\\]|\\\\.)*\"|[^,]*?)\\s*(,|$)");

  private final TextLines lines;
  private List<String> columns = List.of();
  private List<String> absent = List.of();
  private String[] values = new String[0];

  ArffRows(List<SourceFile> files) throws IOException {
    this.lines = new TextLines(files);
    nextFile();
  }

  @Override
  public List<String> columns() {
    return columns;
  }

  @Override
  public boolean next() throws IOException {
    while (true) {
      String text = readLine();
      if (text == null) {
        if (!nextFile()) {
          return false;
        }
      } else if (text.startsWith("{")) {
        values = sparse(text);
        return true;
      } else {
        values = dense(text);
        return true;
      }
    }
  }

  private boolean nextFile() throws IOException {
    if (!lines.nextFile()) {
      return false;
    }
    List<String> names = new ArrayList<>();
    List<String> zeros = new ArrayList<>();
    for (String text = readLine(); text != null; text = readLine()) {
      Matcher attribute = ATTRIBUTE.matcher(text);
      if (attribute.matches()) {
        names.add(unquoted(attribute.group(1)));
        zeros.add(zero(attribute.group(2).strip()));
      } else if (text.toLowerCase(Locale.ROOT).startsWith("@data")) {
        break;
      }
    }
    if (!columns.isEmpty() && !columns.equals(names)) {
      throw error("attributes must be those of the files before, " + columns + ", got " + names);
    }
    columns = names;
    absent = zeros;
    return true;
  }

  /** What a sparse row leaves out: 0, or the first of the nominal values. */
  private static String zero(String type) {
    if (!type.startsWith("{")) {
      return "0";
    }
    Matcher value = VALUE.matcher(type.substring(1, type.length() - 1));
    return value.find() ? unquoted(value.group(1)) : "0";
  }

  /** The next line that is neither empty nor a comment. */
  private @Nullable String readLine() throws IOException {
    String text;
    do {
      text = lines.next();
      text = text == null ? null : text.strip();
    } while (text != null && (text.isEmpty() || text.startsWith("%")));
    return text;
  }

  private String[] dense(String text) {
    List<String> found = split(text);
    while (found.size() > columns.size() && found.get(found.size() - 1).isEmpty()) {
      found.remove(found.size() - 1);
    }
    if (found.size() != columns.size()) {
      throw error("row must have " + columns.size() + " values, got " + found.size());
    }
    return found.toArray(String[]::new);
  }

  private String[] sparse(String text) {
    String[] row = absent.toArray(String[]::new);
    String body =
        text.substring(1, text.lastIndexOf('}') < 1 ? text.length() : text.lastIndexOf('}'));
    if (body.isBlank()) {
      return row;
    }
    for (String pair : split(body)) {
      String[] parts = pair.split("\\s+", 2);
      int index;
      try {
        index = Integer.parseInt(parts[0]);
      } catch (NumberFormatException e) {
        throw error("index must be a number, got " + parts[0]);
      }
      if (parts.length < 2 || index < 0 || index >= row.length) {
        throw error("pair must be an index below " + row.length + " and a value, got " + pair);
      }
      row[index] = unquoted(parts[1]);
    }
    return row;
  }

  private static List<String> split(String text) {
    List<String> found = new ArrayList<>();
    Matcher matcher = VALUE.matcher(text);
    while (matcher.find()) {
      found.add(unquoted(matcher.group(1)));
      if (matcher.group(2).isEmpty()) {
        break;
      }
    }
    return found;
  }

  private static String unquoted(String text) {
    boolean quoted =
        text.length() > 1
            && (text.charAt(0) == '\'' || text.charAt(0) == '"')
            && text.charAt(text.length() - 1) == text.charAt(0);
    return quoted ? text.substring(1, text.length() - 1).replaceAll("\\\\(.)", "$1") : text.strip();
  }

  @Override
  public String value(int column) {
    return values[column];
  }

  @Override
  public DataException error(String message) {
    return lines.error(message);
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }

  @Override
  public String toString() {
    return "ArffRows" + Arrays.toString(values);
  }
}
