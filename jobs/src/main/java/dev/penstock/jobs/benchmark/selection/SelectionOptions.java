package dev.penstock.jobs.benchmark.selection;

import java.nio.file.Path;
import java.util.List;

/**
 * What is measured.
 *
 * @param directory for checkpoints, which can be deleted afterwards
 * @param policies by name; none: all
 * @param sizes numbers of tracked samples
 * @param selected samples of a training set
 * @param partitions of the sample log
 * @param rounds checkpoints of new samples
 * @param progress is told what is about to be measured, and the part that is done, from 0 to 1
 */
public record SelectionOptions(
    Path directory,
    List<String> policies,
    List<Long> sizes,
    int selected,
    int partitions,
    int rounds,
    Progress progress) {

  public SelectionOptions {
    policies = List.copyOf(policies);
    sizes = List.copyOf(sizes);
  }

  /** Is told how far it has come. */
  public interface Progress {
    void at(double done, String what);
  }
}
