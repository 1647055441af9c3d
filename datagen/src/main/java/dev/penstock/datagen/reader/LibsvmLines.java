package dev.penstock.datagen.reader;

import dev.penstock.datagen.file.DataException;
import dev.penstock.datagen.file.SourceFile;
import dev.penstock.datagen.file.TextLines;
import dev.penstock.datagen.table.Numbers;
import dev.penstock.schemas.spec.dataset.SourceSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * Lines of LIBSVM's text format, {@code label index:value …}, and its likes: what follows the label
 * without a colon, such as {@code 1;10.0 1:0.5}, is skipped, and so is what follows a {@code #}.
 */
final class LibsvmLines implements AutoCloseable {

  private static final Pattern SEPARATOR = Pattern.compile("[\\s;,]+");

  private final TextLines lines;
  private String[] tokens = new String[0];

  LibsvmLines(SourceSpec source, Path directory) {
    this.lines = new TextLines(SourceFile.of(source, directory));
  }

  boolean next() throws IOException {
    while (true) {
      String text = lines.next();
      if (text == null) {
        if (!lines.nextFile()) {
          return false;
        }
        continue;
      }
      int comment = text.indexOf('#');
      String content = (comment < 0 ? text : text.substring(0, comment)).strip();
      if (!content.isEmpty()) {
        tokens = SEPARATOR.split(content);
        return true;
      }
    }
  }

  String label() {
    return tokens[0];
  }

  /** Takes an index and its value. */
  interface Feature {
    void accept(int index, float value);
  }

  void forEach(Feature feature) {
    for (int i = 1; i < tokens.length; i++) {
      int colon = tokens[i].indexOf(':');
      if (colon > 0) {
        String value = tokens[i].substring(colon + 1);
        int index;
        try {
          index = Integer.parseInt(tokens[i].substring(0, colon));
        } catch (NumberFormatException e) {
          throw error("index must be a whole number, got " + tokens[i]);
        }
        double number = Numbers.parse(value);
        if (index < 0 || Double.isNaN(number)) {
          throw error("feature must be index:number, got " + tokens[i]);
        }
        feature.accept(index, (float) number);
      }
    }
  }

  DataException error(String message) {
    return lines.error(message);
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
