package dev.penstock.cli.bench;

import picocli.CommandLine.Command;

/** Benchmarks. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description = {
      "Benchmarks. What is timed is interleaved with its baseline, warmed up, and the"
          + " median of several rounds.",
      "Exit code 1: a goal is not met."
    },
    subcommands = {
      ScanBenchCommand.class,
      TrainBenchCommand.class,
      StoreBenchCommand.class,
      DownsamplingBenchCommand.class,
      DetectorsBenchCommand.class,
      AlarmsBenchCommand.class,
      TriggersBenchCommand.class,
      SelectBenchCommand.class
    })
public final class BenchCommand {}
