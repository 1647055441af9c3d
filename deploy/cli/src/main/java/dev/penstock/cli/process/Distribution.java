package dev.penstock.cli.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

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

  /** Versions of the engines, as their jars say. */
  public Map<String, String> versions() {
    Map<String, String> versions = new TreeMap<>();
    for (String jar :
        List.of("flink/flink-runtime", "cli/kafka-clients", "worker/pytorch-engine")) {
      Path prefix = home.resolve("lib").resolve(jar + "-");
      String name = prefix.getFileName().toString();
      try (Stream<Path> files = Files.list(prefix.getParent())) {
        files
            .map(file -> file.getFileName().toString())
            .filter(file -> file.matches(Pattern.quote(name) + "\\d.*\\.jar"))
            .map(file -> file.substring(name.length(), file.length() - ".jar".length()))
            .forEach(version -> versions.put(name.substring(0, name.length() - 1), version));
      } catch (IOException e) {
        throw new UncheckedIOException("Distribution must be readable, got " + home, e);
      }
    }
    return versions;
  }

  /** Class path of one of the kinds of process: {@code cli}, {@code flink} or {@code worker}. */
  public String classPath(String kind) {
    return home.resolve("lib").resolve(kind) + "/*:" + home.resolve("lib/native") + "/*";
  }
}
