package dev.penstock.cli.bench;

import dev.penstock.core.benchmark.BenchmarkReport;
import picocli.CommandLine.Option;

/** How a report is printed. */
final class ReportOptions {

  @Option(
      names = {"-o", "--output"},
      defaultValue = "TABLE",
      description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
  private Format format = Format.TABLE;

  /** Forms of a report. */
  enum Format {
    TABLE,
    JSON
  }

  Format format() {
    return format;
  }

  /** Prints the report and returns the exit code. */
  int print(BenchmarkReport report) {
    System.out.println(format == Format.JSON ? report.toJson() : report.toTable());
    return report.exitCode();
  }
}
