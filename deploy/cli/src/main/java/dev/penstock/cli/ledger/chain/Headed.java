package dev.penstock.cli.ledger.chain;

import java.util.ArrayList;
import java.util.List;

/** Paragraphs, each beside its heading and no wider than a page. */
public final class Headed {

  private static final int WIDTH = 110;
  private static final int INDENT = 10;

  private final List<String> lines = new ArrayList<>();

  /** Adds a paragraph. */
  void add(String heading, String paragraph) {
    StringBuilder line = new StringBuilder(pad(heading));
    for (String word : paragraph.strip().split("\\s+", -1)) {
      if (line.length() > INDENT && line.length() + 1 + word.length() > WIDTH) {
        lines.add(line.toString());
        line = new StringBuilder(pad(""));
      }
      if (line.length() > INDENT) {
        line.append(' ');
      }
      line.append(word);
    }
    lines.add(line.toString());
  }

  private static String pad(String heading) {
    return heading + " ".repeat(INDENT - heading.length());
  }

  List<String> lines() {
    return List.copyOf(lines);
  }
}
