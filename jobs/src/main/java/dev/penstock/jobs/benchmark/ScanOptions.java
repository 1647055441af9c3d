package dev.penstock.jobs.benchmark;

import dev.penstock.schemas.topic.KafkaSettings;
import java.nio.file.Path;

/**
 * Size of a scan benchmark.
 *
 * @param kafka a broker that the benchmark may fill
 * @param directory for checkpoints and artifacts
 * @param samples of 100 bytes; of larger ones a quarter
 * @param partitions of the sample log
 * @param parallelism of the scan
 * @param warmUps rounds before the first that counts
 * @param rounds rounds that count
 */
public record ScanOptions(
    KafkaSettings kafka,
    Path directory,
    long samples,
    int partitions,
    int parallelism,
    int warmUps,
    int rounds) {

  public ScanOptions {
    if (samples < 1 || partitions < 1 || parallelism < 1 || warmUps < 0 || rounds < 1) {
      throw new IllegalArgumentException(
          "samples, partitions, parallelism and rounds must be positive, got %d, %d, %d and %d"
              .formatted(samples, partitions, parallelism, rounds));
    }
  }
}
