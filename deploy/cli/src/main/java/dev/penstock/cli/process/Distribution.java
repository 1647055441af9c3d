package dev.penstock.cli.process;

import java.nio.file.Path;

/**
 * Where the parts of Penstock lie.
 *
 * @param home folder of the distribution
 */
public record Distribution(Path home) {

  /** The distribution that this process was started from. */
  public static Distribution current() {
    String home = System.getProperty("penstock.home");
    if (home == null) {
      throw new IllegalStateException(
          "penstock.home must be set; start Penstock with deploy/penstock");
    }
    return new Distribution(Path.of(home));
  }

  /** The jar of the Flink jobs. */
  public Path jobsJar() {
    return home.resolve("jobs/penstock-jobs.jar");
  }

  /** Logging of a process in the foreground. */
  public Path consoleLogConfig() {
    return home.resolve("conf/log4j2-console.properties");
  }

  /** Logging of the processes. */
  public Path logConfig() {
    return home.resolve("conf/log4j2-process.properties");
  }

  /** Class path of one of the kinds of process: {@code cli}, {@code flink} or {@code worker}. */
  public String classPath(String kind) {
    return home.resolve("lib").resolve(kind) + "/*:" + home.resolve("lib/native") + "/*";
  }
}
