package dev.penstock.schemas.spec;

import dev.penstock.schemas.spec.yaml.Problem;
import java.util.List;
import java.util.stream.Collectors;

/** Files of specs have mistakes: all of them, one a line. */
public final class InvalidSpecException extends RuntimeException {

  private final transient List<Problem> problems;

  public InvalidSpecException(List<Problem> problems) {
    super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  /** The mistakes, in the order of the files. */
  public List<Problem> problems() {
    return problems;
  }
}
