package dev.penstock.cli.bench;

import picocli.CommandLine.Command;

/** Benchmarks. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description = {
      "Benchmarks: interleaved with their baseline, warmed up, median of several rounds.",
      "Exit code 1: a goal is not met."
    },
    subcommands = {ScanBenchCommand.class, TrainBenchCommand.class})
public final class BenchCommand {}
