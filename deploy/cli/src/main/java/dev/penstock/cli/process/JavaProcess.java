package dev.penstock.cli.process;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A Java process to be started. */
public final class JavaProcess {

  /** What Flink needs on JDK 17. */
  private static final List<String> OPENS =
      List.of("util", "lang", "nio", "time", "util.concurrent", "net", "io");

  private final String name;
  private final Path directory;
  private final Distribution distribution;
  private final List<String> jvmArgs = new ArrayList<>();
  private final List<String> args = new ArrayList<>();
  private final Map<String, String> environment = new TreeMap<>();

  /**
   * A process.
   *
   * @param name of the process and its log file
   * @param directory where it runs; logs go to its folder {@code log}
   */
  public JavaProcess(String name, Path directory, Distribution distribution) {
    this.name = name;
    this.directory = directory;
    this.distribution = distribution;
    for (String opened : OPENS) {
      jvmArgs.add("--add-opens=java.base/java." + opened + "=ALL-UNNAMED");
    }
    jvmArgs.add("-XX:+UseSerialGC");
    jvmArgs.add("-Dlog.file=" + logFile());
    jvmArgs.add("-Dlog4j.configurationFile=" + distribution.logConfig().toUri());
    jvmArgs.add("-Dlog4j2.configurationFile=" + distribution.logConfig().toUri());
  }

  /** Adds arguments of the JVM. */
  public JavaProcess jvm(String... more) {
    jvmArgs.addAll(List.of(more));
    return this;
  }

  /** Logs to the terminal, which it has, in place of a file. */
  public JavaProcess logsToConsole() {
    String config = ".configurationFile=" + distribution.consoleLogConfig().toUri();
    return jvm("-Dlog4j" + config, "-Dlog4j2" + config);
  }

  /** Adds an environment variable. */
  public JavaProcess env(String key, String value) {
    environment.put(key, value);
    return this;
  }

  /** Adds arguments of the program. */
  public JavaProcess args(List<String> more) {
    args.addAll(more);
    return this;
  }

  /** Adds arguments of the program. */
  public JavaProcess args(String... more) {
    return args(List.of(more));
  }

  /** Where the process logs. */
  public Path logFile() {
    return directory.resolve("log").resolve(name + ".log");
  }

  /** Where what it prints goes. */
  public Path outFile() {
    return directory.resolve("log").resolve(name + ".out");
  }

  /** The command line with this main and class path. */
  public List<String> command(String classPath, String main) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvmArgs);
    command.addAll(List.of("-cp", distribution.classPath(classPath), main));
    command.addAll(args);
    return command;
  }

  /** Starts the process. */
  public Process start(String classPath, String main) {
    try {
      Files.createDirectories(directory.resolve("log"));
      ProcessBuilder builder =
          new ProcessBuilder(command(classPath, main))
              .directory(directory.toFile())
              .redirectErrorStream(true)
              .redirectInput(new File("/dev/null"))
              .redirectOutput(outFile().toFile());
      builder.environment().putAll(environment);
      return builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(name + " could not be started", e);
    }
  }
}
