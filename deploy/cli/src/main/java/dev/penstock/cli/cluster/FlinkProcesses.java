package dev.penstock.cli.cluster;

import dev.penstock.broker.Ports;
import dev.penstock.cli.process.Distribution;
import dev.penstock.cli.process.JavaProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Flink's processes of a standalone cluster, made from its libraries alone. */
public final class FlinkProcesses {

  private static final String RESULT = "BASH_JAVA_UTILS_EXEC_RESULT:";

  private final Distribution distribution;
  private final Path directory;
  private final Path conf;
  private final int restPort;
  private List<String> taskManagerParameters = List.of();

  private FlinkProcesses(Distribution distribution, Path directory, Path conf, int restPort) {
    this.distribution = distribution;
    this.directory = directory;
    this.conf = conf;
    this.restPort = restPort;
  }

  /**
   * Configures a cluster in {@code directory}.
   *
   * @param restPort of REST and the web UI; 0: a free one
   * @param slots of each TaskManager
   */
  public static FlinkProcesses configure(
      Distribution distribution, Path directory, int restPort, int slots) throws IOException {
    int port = restPort == 0 ? Ports.free() : restPort;
    Path conf = new FlinkConfig(directory, port, Ports.free(), slots).write();
    return new FlinkProcesses(distribution, directory, conf, port);
  }

  /** Port of REST and the web UI. */
  public int restPort() {
    return restPort;
  }

  /** Starts the JobManager. */
  public Process startJobManager() {
    return flink("jobmanager")
        .jvm("-Xmx448m")
        .args("--configDir", conf.toString())
        .start("flink", "org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint");
  }

  /** Starts a TaskManager. */
  public Process startTaskManager(String name) throws IOException, InterruptedException {
    if (taskManagerParameters.isEmpty()) {
      taskManagerParameters = taskManagerParameters();
    }
    // The first line are the JVM's arguments, the second the program's.
    return flink(name)
        .jvm(taskManagerParameters.get(0).split("\\s+"))
        .jvm("-Dai.djl.offline=true", "-Dai.djl.pytorch.num_threads=1")
        .env("OMP_NUM_THREADS", "1")
        .args("--configDir", conf.toString(), "-D", "taskmanager.resource-id=" + name)
        .args(taskManagerParameters.get(1).split("\\s+"))
        .start("flink", "org.apache.flink.runtime.taskexecutor.TaskManagerRunner");
  }

  private JavaProcess flink(String name) {
    return new JavaProcess(name, directory, distribution)
        .env("FLINK_CONF_DIR", conf.toString())
        .env("FLINK_LIB_DIR", distribution.home().resolve("lib/flink").toString())
        .env("FLINK_LOG_DIR", directory.resolve("log").toString());
  }

  /** A TaskManager does not start without the memory parameters that Flink's scripts compute. */
  private List<String> taskManagerParameters() throws IOException, InterruptedException {
    List<String> command =
        flink("taskmanager-parameters")
            .args("GET_TM_RESOURCE_PARAMS", "--configDir", conf.toString())
            .command("flink", "org.apache.flink.runtime.util.bash.BashJavaUtils");
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    List<String> results = new ArrayList<>();
    Stream.of(printed.split("\n"))
        .filter(line -> line.startsWith(RESULT))
        .forEach(line -> results.add(line.substring(RESULT.length()).strip()));
    if (results.size() != 2) {
      throw new IllegalStateException(
          "Flink must tell a TaskManager's parameters in two lines, got " + printed);
    }
    return results;
  }
}
