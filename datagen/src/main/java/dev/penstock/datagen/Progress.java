package dev.penstock.datagen;

import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Progress bars on standard error. */
public final class Progress {

  private Progress() {}

  /** Whether someone looks on: a log file needs no more than a line now and then. */
  private static boolean isTerminal() {
    return System.getenv("TERM") != null && !"dumb".equals(System.getenv("TERM"));
  }

  /**
   * A bar.
   *
   * @param total steps to come; -1: not known
   */
  public static ProgressBar bar(String task, String unit, long total) {
    return new ProgressBarBuilder()
        .setTaskName(task)
        .setUnit(" " + unit, 1)
        .setInitialMax(total)
        .setStyle(ProgressBarStyle.ASCII)
        .setUpdateIntervalMillis(isTerminal() ? 200 : 5_000)
        .showSpeed()
        .build();
  }
}
