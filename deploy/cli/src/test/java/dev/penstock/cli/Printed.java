package dev.penstock.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;

/**
 * What a command printed.
 *
 * @param exitCode it ended with
 * @param text on the standard output
 * @param errors on the error output
 */
public record Printed(int exitCode, String text, String errors) {

  /** Runs a command in this process. */
  public static Printed by(List<String> command) {
    PrintStream out = System.out;
    PrintStream err = System.err;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    ByteArrayOutputStream errors = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, /* autoFlush= */ true, UTF_8));
    System.setErr(new PrintStream(errors, /* autoFlush= */ true, UTF_8));
    try {
      int exitCode = Penstock.run(command.toArray(String[]::new));
      return new Printed(exitCode, printed.toString(UTF_8), errors.toString(UTF_8));
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
  }

  public List<String> lines() {
    return text.lines().toList();
  }

  /** Without line breaks and indents. */
  public String prose() {
    return text.replaceAll("\\s+", " ");
  }
}
