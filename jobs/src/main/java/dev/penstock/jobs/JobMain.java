package dev.penstock.jobs;

import dev.penstock.schemas.topic.KafkaOptions;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/**
 * Runs a job's main. It must not end the JVM, which in application mode is the JobManager: what
 * goes wrong is thrown.
 */
final class JobMain {

  private JobMain() {}

  /** A job with its arguments. */
  interface Job {

    /** Builds the job's graph and submits it. */
    void submit() throws Exception;
  }

  static void run(Job job, String... args) throws Exception {
    CommandLine command = new CommandLine(job);
    command.setCaseInsensitiveEnumValuesAllowed(true);
    try {
      if (CommandLine.printHelpIfRequested(command.parseArgs(KafkaOptions.normalize(args)))) {
        return;
      }
    } catch (ParameterException e) {
      throw new IllegalArgumentException(
          e.getMessage() + "\n" + e.getCommandLine().getUsageMessage(), e);
    }
    job.submit();
  }
}
