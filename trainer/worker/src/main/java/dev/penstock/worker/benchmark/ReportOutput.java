package dev.penstock.worker.benchmark;

import dev.penstock.core.benchmark.BenchmarkReport;
import picocli.CommandLine.Option;

/** How a report is printed. */
final class ReportOutput {

  @Option(
      names = {"-o", "--output"},
      defaultValue = "text",
      description = "text or json (default: ${DEFAULT-VALUE})")
  private String output = "";

  /** Prints the report and returns the exit code. */
  int print(BenchmarkReport report) {
    System.out.println(output.equals("json") ? report.toJson() : report.toTable());
    return report.exitCode();
  }
}
