package dev.penstock.cli.text;

import java.util.Locale;
import picocli.CommandLine.Help.Ansi;

/** Colours, on terminals only; {@code NO_COLOR} turns them off. */
public enum Style {
  PLAIN,
  TERMINAL;

  /** The standard output's. */
  public static Style ofOutput() {
    return Ansi.AUTO.enabled() ? TERMINAL : PLAIN;
  }

  /** Text in a picocli markup with one place for it. */
  public String markedUp(String markup, String text) {
    return this == PLAIN ? text : String.format(Locale.ROOT, Ansi.ON.string(markup), text);
  }
}
