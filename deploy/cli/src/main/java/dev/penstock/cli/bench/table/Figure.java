package dev.penstock.cli.bench.table;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;

/** How tables show a figure; NaN: there is none. */
public final class Figure {

  private Figure() {}

  /** As text, {@code -} where there is none. */
  public static String text(double value, String format) {
    return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, format, value);
  }

  /** Into an object, null where there is none. */
  public static void put(ObjectNode node, String name, double value) {
    if (Double.isNaN(value)) {
      node.putNull(name);
    } else {
      node.put(name, value);
    }
  }
}
