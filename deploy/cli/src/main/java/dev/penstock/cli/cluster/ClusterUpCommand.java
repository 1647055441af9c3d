package dev.penstock.cli.cluster;

import dev.penstock.broker.Ports;
import dev.penstock.schemas.topic.KafkaSettings;
import dev.penstock.schemas.topic.Topics;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Starts a broker, a JobManager, TaskManagers and workers, each a process of its own. */
@Command(
    name = "up",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Starts a broker, a JobManager, TaskManagers and workers, and leaves them running.")
final class ClusterUpCommand implements Callable<Integer> {

  private static final int WORKERS = 2;

  @Mixin private final ClusterFolder folder = new ClusterFolder();

  @Option(
      names = "--task-managers",
      defaultValue = "2",
      description = "number of TaskManagers (default: ${DEFAULT-VALUE})")
  private int taskManagers;

  @Option(
      names = "--slots",
      defaultValue = "4",
      description = "of each TaskManager (default: ${DEFAULT-VALUE})")
  private int slots;

  @Mixin private final WorkerOptions workers = new WorkerOptions();

  @Option(
      names = "--artifacts",
      paramLabel = "URI",
      description = "store of training sets and models (default: a directory of the cluster's)")
  private Optional<URI> artifacts = Optional.empty();

  @Option(
      names = "--port",
      defaultValue = "0",
      description = "of Flink's web UI (default: a free one)")
  private int port;

  @Option(
      names = "--kafka-port",
      defaultValue = "0",
      description = "of the broker (default: a free one)")
  private int kafkaPort;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path directory = folder.path();
    if (ClusterState.load(directory).filter(state -> !state.alive().isEmpty()).isPresent()) {
      throw new IllegalStateException(
          "A cluster runs in " + directory + " already; end it with `penstock cluster down`");
    }
    Files.createDirectories(directory);
    List<ClusterState.Member> members = new ArrayList<>();
    LocalBroker localBroker = new LocalBroker(directory, kafkaPort == 0 ? Ports.free() : kafkaPort);
    String bootstrapServers = localBroker.bootstrapServers();
    Process broker = localBroker.start();
    members.add(ClusterState.Member.of("broker", broker));
    LocalStack local =
        LocalStack.configure(
            directory, new KafkaSettings(bootstrapServers, Map.of()), new Topics(""), port, slots);
    LocalStack stack = artifacts.map(local::withArtifacts).orElse(local);
    String webUi = stack.flink().root().toString();
    try {
      members.add(ClusterState.Member.of("jobmanager", stack.startJobManager()));
      for (int i = 1; i <= taskManagers; i++) {
        String name = "taskmanager-" + i;
        members.add(ClusterState.Member.of(name, stack.startTaskManager(name)));
      }
      localBroker.awaitReady(broker);
      workers
          .start(stack, WORKERS)
          .forEach((name, worker) -> members.add(ClusterState.Member.of(name, worker)));
      stack.awaitSlots(taskManagers * slots);
    } catch (IOException | RuntimeException e) {
      stack.close();
      broker.destroy();
      throw e;
    }
    new ClusterState(bootstrapServers, webUi, stack.artifacts(), members).save(directory);
    System.out.printf("Kafka         %s%n", bootstrapServers);
    System.out.printf("Flink         %s%n", webUi);
    System.out.printf("Artifacts     %s%n", stack.artifacts());
    System.out.printf("Logs          %s%n", directory.resolve("log"));
    return CommandLine.ExitCode.OK;
  }
}
