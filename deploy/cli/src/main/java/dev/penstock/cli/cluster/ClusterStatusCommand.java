package dev.penstock.cli.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Tells what runs. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description = "Tells which processes and jobs run. Exit code 1: a process has ended.")
final class ClusterStatusCommand implements Callable<Integer> {

  @Mixin private final ClusterFolder folder = new ClusterFolder();

  @Override
  public Integer call() throws IOException, InterruptedException {
    ClusterState state = folder.state();
    System.out.printf("Kafka         %s%n", state.bootstrapServers());
    System.out.printf("Flink         %s%n", state.webUi());
    System.out.printf("Artifacts     %s%n", state.artifacts());
    boolean complete = true;
    for (ClusterState.Member member : state.members()) {
      boolean alive = member.handle().isPresent();
      complete &= alive;
      System.out.printf(
          "%-13s %s%n", member.name(), alive ? "runs, pid " + member.pid() : "has ended");
    }
    FlinkRest flink = new FlinkRest(URI.create(state.webUi()));
    if (flink.slots().isPresent()) {
      for (JsonNode job : flink.jobs()) {
        System.out.printf(
            "job           %s  %-9s %s%n",
            job.path("jid").asText(), job.path("state").asText(), job.path("name").asText());
      }
    }
    return complete ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
  }
}
