package dev.penstock.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;

/** What is in the jar that a cluster gets, which the build packs before this test. */
final class JobJarITCase {

  private static final Path TARGET = Path.of("target");

  @Test
  void holdsTheJobsAndTheirConnectors() throws IOException {
    assertThat(entries())
        .contains(
            "dev/penstock/jobs/ContinuousTrainingJob.class",
            "dev/penstock/jobs/EvaluationJob.class",
            "org/apache/flink/connector/kafka/source/KafkaSource.class",
            "org/apache/kafka/clients/consumer/KafkaConsumer.class",
            "org/roaringbitmap/RoaringBitmap.class");
  }

  @Test
  void leavesToTheClusterWhatIsTheClusters() throws IOException {
    assertThat(entries())
        .noneMatch(entry -> entry.startsWith("ai/djl/"))
        .noneMatch(entry -> entry.startsWith("org/slf4j/"))
        .noneMatch(entry -> entry.startsWith("org/apache/flink/streaming/api/"))
        .noneMatch(entry -> entry.startsWith("org/apache/flink/runtime/"))
        .noneMatch(entry -> entry.startsWith("dev/penstock/broker/"));
  }

  @Test
  void hasNoSignatures() throws IOException {
    assertThat(entries()).noneMatch(entry -> entry.matches("META-INF/.*\\.(SF|DSA|RSA)"));
  }

  private static List<String> entries() throws IOException {
    List<String> entries = new ArrayList<>();
    try (JarFile jar = new JarFile(jar().toFile())) {
      jar.stream().forEach(entry -> entries.add(entry.getName()));
    }
    return entries;
  }

  private static Path jar() throws IOException {
    try (DirectoryStream<Path> jars = Files.newDirectoryStream(TARGET, "penstock-jobs-*.jar")) {
      return jars.iterator().next();
    }
  }
}
