package dev.penstock.cli.cluster;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What runs as a local cluster, kept in a file so that another command finds it.
 *
 * @param bootstrapServers of Kafka
 * @param webUi of Flink
 * @param artifacts store of training sets and models
 * @param members the processes in the order of their start
 */
public record ClusterState(
    String bootstrapServers, String webUi, URI artifacts, List<Member> members) {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String FILE = "cluster.json";

  public ClusterState {
    members = List.copyOf(members);
  }

  /**
   * A process. Its start time tells it from a later one that got the same pid.
   *
   * @param name such as taskmanager-1
   * @param pid process id
   * @param startMillis when it was started, milliseconds since the epoch
   */
  public record Member(String name, long pid, long startMillis) {

    /** A process that was started just now. */
    public static Member of(String name, Process process) {
      return new Member(name, process.pid(), startMillis(process.toHandle()));
    }

    /** The process, if it still runs. */
    public Optional<ProcessHandle> handle() {
      return ProcessHandle.of(pid)
          .filter(ProcessHandle::isAlive)
          .filter(found -> startMillis(found) == startMillis);
    }

    private static long startMillis(ProcessHandle process) {
      return process.info().startInstant().map(start -> start.toEpochMilli()).orElse(0L);
    }
  }

  /** The cluster in {@code directory}, if there is one. */
  public static Optional<ClusterState> load(Path directory) throws IOException {
    Path file = directory.resolve(FILE);
    return Files.exists(file)
        ? Optional.of(JSON.readValue(file.toFile(), ClusterState.class))
        : Optional.empty();
  }

  /** Keeps the state in {@code directory}. */
  public void save(Path directory) throws IOException {
    JSON.writerWithDefaultPrettyPrinter().writeValue(directory.resolve(FILE).toFile(), this);
  }

  /** The processes that still run. */
  public List<Member> alive() {
    List<Member> alive = new ArrayList<>();
    for (Member member : members) {
      if (member.handle().isPresent()) {
        alive.add(member);
      }
    }
    return alive;
  }
}
