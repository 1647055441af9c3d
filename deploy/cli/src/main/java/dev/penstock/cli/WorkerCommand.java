package dev.penstock.cli;

import dev.penstock.cli.process.ChildProcess;
import dev.penstock.cli.process.Distribution;
import dev.penstock.cli.process.JavaProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/** Runs a worker, which needs another class path, in the foreground. */
@Command(
    name = "worker",
    description = {
      "Trains tasks and publishes model versions, until it is told to end.",
      "`penstock worker --help` tells its options."
    })
final class WorkerCommand implements Callable<Integer> {

  /** All of them are the worker's. */
  @Unmatched
  @SuppressWarnings("FieldCanBeFinal") // set by the command line parser
  private List<String> args = new ArrayList<>();

  @Override
  public Integer call() throws IOException, InterruptedException {
    List<String> command =
        new JavaProcess("worker", Path.of(""), Distribution.current())
            .jvm("-Xmx256m")
            .logsToConsole()
            .args(args)
            .command("worker", "dev.penstock.worker.TrainerWorker");
    return ChildProcess.run(new ProcessBuilder(command));
  }
}
