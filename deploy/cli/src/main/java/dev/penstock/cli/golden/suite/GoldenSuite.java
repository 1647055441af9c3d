package dev.penstock.cli.golden.suite;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The cases of one file of reference values. */
public interface GoldenSuite {

  /** Name of the file. */
  String file();

  /**
   * Runs all cases of the file, in their order.
   *
   * @param directory with the file, and others that it refers to
   */
  List<GoldenResult> run(Path directory) throws IOException;
}
