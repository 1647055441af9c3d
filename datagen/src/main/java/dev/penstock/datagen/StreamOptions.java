package dev.penstock.datagen;

import dev.penstock.datagen.stream.DriftSchedule;
import dev.penstock.datagen.stream.DriftingImages;
import dev.penstock.datagen.stream.GaussianClusters;
import dev.penstock.datagen.stream.Hyperplane;
import dev.penstock.datagen.stream.LabelledStream;
import dev.penstock.datagen.stream.Sea;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The arguments that declare a generated stream. */
final class StreamOptions {

  @Parameters(paramLabel = "STREAM", description = "one of ${COMPLETION-CANDIDATES}")
  @SuppressWarnings("FieldCanBeFinal") // set by the command line parser
  private Kind kind = Kind.SEA;

  @Option(
      names = "--drift",
      defaultValue = "NONE",
      description = "how the concept drifts: ${COMPLETION-CANDIDATES}")
  private DriftSchedule.Kind drift = DriftSchedule.Kind.NONE;

  @Option(
      names = "--at",
      split = ",",
      description = "samples at which it drifts, such as 5000,9000")
  private List<Long> points = new ArrayList<>();

  @Option(
      names = "--width",
      defaultValue = "1000",
      description = "samples that a gradual or incremental drift takes (default: ${DEFAULT-VALUE})")
  private long width;

  @Option(
      names = "--samples",
      defaultValue = "20000",
      description = "number of samples (default: ${DEFAULT-VALUE})")
  private long samples;

  @Option(
      names = "--seed",
      defaultValue = "42",
      description = "the same seed, the same bytes (default: ${DEFAULT-VALUE})")
  private long seed;

  @Option(
      names = "--features",
      defaultValue = "10",
      description = "of hyperplane and clusters (default: ${DEFAULT-VALUE})")
  private int features;

  @Option(
      names = "--classes",
      defaultValue = "4",
      description = "of clusters and images (default: ${DEFAULT-VALUE})")
  private int classes;

  @Option(
      names = "--noise",
      defaultValue = "0.05",
      description = "share of flipped labels of sea and hyperplane (default: ${DEFAULT-VALUE})")
  private double noise;

  /** The streams that there are. */
  enum Kind {
    SEA,
    HYPERPLANE,
    CLUSTERS,
    IMAGES
  }

  Kind kind() {
    return kind;
  }

  DriftSchedule drift() {
    if (drift != DriftSchedule.Kind.NONE && points.isEmpty()) {
      return new DriftSchedule(drift, List.of(Math.max(1, samples / 2)), width);
    }
    return new DriftSchedule(drift, points, width);
  }

  long samples() {
    return samples;
  }

  long seed() {
    return seed;
  }

  LabelledStream stream() {
    return switch (kind) {
      case SEA -> new Sea(noise);
      case HYPERPLANE -> new Hyperplane(features, noise, seed);
      case CLUSTERS -> new GaussianClusters(features, classes, 2.5, seed);
      case IMAGES -> new DriftingImages(classes, seed);
    };
  }
}
