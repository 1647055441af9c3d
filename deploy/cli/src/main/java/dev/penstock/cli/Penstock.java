package dev.penstock.cli;

import dev.penstock.cli.bench.BenchCommand;
import dev.penstock.cli.cluster.ClusterCommand;
import dev.penstock.cli.demo.DemoCommand;
import dev.penstock.cli.golden.VerifyGoldenCommand;
import dev.penstock.cli.ledger.DecisionsCommand;
import dev.penstock.cli.ledger.ShowCommand;
import dev.penstock.cli.ledger.WhyCommand;
import dev.penstock.cli.lineage.LineageCommand;
import dev.penstock.cli.lineage.ReproduceCommand;
import dev.penstock.cli.lineage.WhoSawCommand;
import dev.penstock.cli.models.ModelsCommand;
import dev.penstock.cli.replay.ReplayCommand;
import dev.penstock.datagen.DescribeCommand;
import dev.penstock.datagen.GenerateCommand;
import dev.penstock.datagen.ProduceCommand;
import dev.penstock.schemas.spec.InvalidSpecException;
import dev.penstock.schemas.topic.KafkaOptions;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** Continuous training on Apache Flink, from the command line. */
@Command(
    name = "penstock",
    mixinStandardHelpOptions = true,
    version = "penstock 0.1.0-SNAPSHOT",
    description = "Continuous training on Apache Flink.",
    subcommands = {
      DemoCommand.class,
      ClusterCommand.class,
      WorkerCommand.class,
      DecisionsCommand.class,
      WhyCommand.class,
      ShowCommand.class,
      ModelsCommand.class,
      LineageCommand.class,
      WhoSawCommand.class,
      ReproduceCommand.class,
      ReplayCommand.class,
      BenchCommand.class,
      VerifyGoldenCommand.class,
      ValidateCommand.class,
      GenerateCommand.class,
      DescribeCommand.class,
      ProduceCommand.class,
    })
public final class Penstock {

  @Option(
      names = "--verbose",
      scope = ScopeType.INHERIT,
      description = "show where an error comes from")
  private boolean verbose;

  public static void main(String[] args) {
    System.exit(run(args));
  }

  /** Runs a command line and returns its exit code. */
  public static int run(String... args) {
    Penstock penstock = new Penstock();
    CommandLine command = new CommandLine(penstock);
    command.setCaseInsensitiveEnumValuesAllowed(true);
    command.setExecutionExceptionHandler(
        (exception, line, parsed) -> {
          penstock.explain(exception, line);
          return CommandLine.ExitCode.SOFTWARE;
        });
    return command.execute(KafkaOptions.normalize(args));
  }

  private void explain(Exception exception, CommandLine line) {
    if (verbose) {
      exception.printStackTrace(line.getErr());
    } else if (exception instanceof InvalidSpecException) {
      line.getErr().println(exception.getMessage());
    } else {
      line.getErr().println(line.getCommandName() + ": " + chain(exception));
    }
  }

  /** What went wrong and why, on one line. */
  private static String chain(Throwable exception) {
    StringBuilder text = new StringBuilder(message(exception));
    for (Throwable cause = exception.getCause(); cause != null; cause = cause.getCause()) {
      if (!text.toString().contains(message(cause))) {
        text.append(": ").append(message(cause));
      }
    }
    return text.toString();
  }

  private static String message(Throwable exception) {
    String message = exception.getMessage();
    return message == null ? exception.getClass().getSimpleName() : message;
  }
}
