package dev.penstock.cli;

import dev.penstock.schemas.spec.SpecReader;
import dev.penstock.schemas.spec.yaml.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Reports every mistake in files of datasets and pipelines. */
@Command(
    name = "validate",
    mixinStandardHelpOptions = true,
    description = {
      "Reports every mistake in files of datasets and pipelines, also between them.",
      "Exit code 0: no mistake, 1: some."
    })
final class ValidateCommand implements Callable<Integer> {

  @Parameters(arity = "1..*", paramLabel = "FILE", description = "datasets and pipelines, YAML")
  @SuppressWarnings("FieldCanBeFinal") // set by the command line parser
  private List<Path> files = new ArrayList<>();

  @Override
  public Integer call() {
    List<Problem> problems = SpecReader.validate(files);
    problems.forEach(System.err::println);
    if (problems.isEmpty()) {
      System.out.println(files.size() == 1 ? "1 file is valid" : files.size() + " files are valid");
      return CommandLine.ExitCode.OK;
    }
    System.err.printf("%d problems in %d files%n", problems.size(), files.size());
    return CommandLine.ExitCode.SOFTWARE;
  }
}
