package dev.penstock.cli.bench;

import dev.penstock.cli.process.ChildProcess;
import dev.penstock.cli.process.Distribution;
import dev.penstock.cli.process.JavaProcess;
import dev.penstock.models.engine.EngineJvm;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A benchmark in a process of its own, since the engine is not on this one's class path; it has one
 * thread unless its arguments say otherwise.
 */
final class EngineProcess {

  private final String main;
  private final JavaProcess process;

  /**
   * A process.
   *
   * @param main simple name of a class of the worker's benchmarks
   * @param heap such as {@code 2g}
   */
  EngineProcess(String main, Path directory, String heap) {
    this.main = main;
    this.process =
        new JavaProcess(main, directory, Distribution.current())
            .jvm("-Xmx" + heap, "-Dai.djl.offline=true")
            .jvm("-Dai.djl.pytorch.num_threads=1", "-Dai.djl.pytorch.num_interop_threads=1");
  }

  EngineProcess args(String... more) {
    process.args(more);
    return this;
  }

  EngineProcess args(List<String> more) {
    process.args(new ArrayList<>(more));
    return this;
  }

  /** Runs it in the foreground and returns its exit code. */
  int run() throws IOException, InterruptedException {
    return ChildProcess.run(builder());
  }

  /** To be started as it is needed. */
  ProcessBuilder builder() {
    ProcessBuilder builder =
        new ProcessBuilder(process.command("worker", "dev.penstock.worker.benchmark." + main));
    builder.environment().put("OMP_NUM_THREADS", "1");
    EngineJvm.prepare(builder);
    return builder;
  }
}
