package dev.penstock.cli.text;

import java.util.ArrayList;
import java.util.List;

/** Rows of text in aligned columns, of which the last is not filled up. */
public final class Columns {

  private static final String GAP = "  ";

  private final int[] widths;
  private final boolean[] rightAligned;

  /** Columns; the title of those that hold numbers starts with {@code >}. */
  public Columns(List<String> titles) {
    widths = titles.stream().mapToInt(title -> bare(title).length()).toArray();
    rightAligned = new boolean[widths.length];
    for (int column = 0; column < widths.length; column++) {
      rightAligned[column] = titles.get(column).startsWith(">");
    }
  }

  /** A title as it is printed. */
  public static String bare(String title) {
    return title.startsWith(">") ? title.substring(1) : title;
  }

  /** Makes room for rows that are going to be printed. */
  public void fit(List<List<String>> rows) {
    for (List<String> row : rows) {
      for (int column = 0; column < widths.length; column++) {
        widths[column] = Math.max(widths[column], row.get(column).length());
      }
    }
  }

  /** The row's cells, filled up. */
  public List<String> cells(List<String> row) {
    List<String> cells = new ArrayList<>();
    for (int column = 0; column < widths.length; column++) {
      String text = row.get(column);
      String fill = " ".repeat(Math.max(0, widths[column] - text.length()));
      if (rightAligned[column]) {
        cells.add(fill + text);
      } else {
        cells.add(column == widths.length - 1 ? text : text + fill);
      }
    }
    return cells;
  }

  /** Cells as a line. */
  public static String line(List<String> cells) {
    return String.join(GAP, cells);
  }
}
