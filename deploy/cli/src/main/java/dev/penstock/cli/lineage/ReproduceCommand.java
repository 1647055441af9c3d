package dev.penstock.cli.lineage;

import dev.penstock.cli.process.ChildProcess;
import dev.penstock.cli.process.Distribution;
import dev.penstock.cli.process.JavaProcess;
import dev.penstock.models.engine.EngineJvm;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/** Trains a model again, which needs the worker's class path, and compares the weights. */
@Command(
    name = "reproduce",
    description = {
      "Trains a model again from the sample log and compares the weights bit for bit.",
      "`penstock reproduce --help` tells its options."
    })
public final class ReproduceCommand implements Callable<Integer> {

  /** All of them are those of the process. */
  @Unmatched
  @SuppressWarnings("FieldCanBeFinal") // set by the command line parser
  private List<String> args = new ArrayList<>();

  @Override
  public Integer call() throws IOException, InterruptedException {
    List<String> command =
        new JavaProcess("reproduce", Path.of("").toAbsolutePath(), Distribution.current())
            .jvm("-Xmx256m")
            .logsToConsole()
            .args(args)
            .command("worker", "dev.penstock.worker.ReproduceModel");
    ProcessBuilder builder = new ProcessBuilder(command);
    EngineJvm.prepare(builder);
    return ChildProcess.run(builder);
  }
}
