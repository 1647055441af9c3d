package dev.penstock.cli.cluster;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** How many workers train, and how much each at a time. */
public final class WorkerOptions {

  @Option(
      names = "--workers",
      description = "number of workers (default: 1 in a demo, 2 in a cluster)")
  private Optional<Integer> workers = Optional.empty();

  @Option(
      names = "--worker-slots",
      defaultValue = "1",
      description = "trainings of each worker at the same time (default: ${DEFAULT-VALUE})")
  private int slots;

  /**
   * Starts them and returns their processes by name, in order.
   *
   * @param absent number of workers if none was given
   */
  public Map<String, Process> start(LocalStack stack, int absent) {
    Map<String, Process> started = new LinkedHashMap<>();
    for (int i = 1; i <= workers.orElse(absent); i++) {
      String name = "worker-" + i;
      started.put(name, stack.startWorker(name, slots));
    }
    return started;
  }
}
