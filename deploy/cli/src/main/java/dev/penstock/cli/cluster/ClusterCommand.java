package dev.penstock.cli.cluster;

import picocli.CommandLine.Command;

/** A cluster of processes on this machine. */
@Command(
    name = "cluster",
    mixinStandardHelpOptions = true,
    description = "Runs a cluster of processes on this machine: Kafka, Flink and workers.",
    subcommands = {
      ClusterUpCommand.class,
      ClusterStatusCommand.class,
      ClusterDownCommand.class,
      SubmitCommand.class,
    })
public final class ClusterCommand {}
