package dev.penstock.datagen.stream;

import java.io.BufferedOutputStream;
import java.io.BufferedWriter;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Writes generated streams as files that a dataset declares, with the dataset and the true drift
 * points beside them.
 *
 * @param stream what to draw from
 * @param drift which concept when
 * @param samples number of samples
 * @param seed of everything random
 */
public record StreamFiles(LabelledStream stream, DriftSchedule drift, long samples, long seed) {

  /** Writes into a folder; {@code written} is told after every sample. */
  public void write(String name, Path folder, LongConsumer written) throws IOException {
    Files.createDirectories(folder);
    boolean images = stream instanceof DriftingImages;
    if (images) {
      writeIdx(folder, written);
    } else {
      writeCsv(folder, written);
    }
    Files.writeString(folder.resolve("dataset.yaml"), images ? imageDataset(name) : table(name));
    Files.writeString(folder.resolve("drifts.json"), drifts());
  }

  private void writeCsv(Path folder, LongConsumer written) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    float[] features = new float[stream.features()];
    try (BufferedWriter out = Files.newBufferedWriter(folder.resolve("samples.csv"))) {
      out.write(
          IntStream.range(0, features.length)
              .mapToObj(i -> "x" + i + ",")
              .collect(Collectors.joining()));
      out.write("class\n");
      StringBuilder row = new StringBuilder();
      for (long i = 0; i < samples; i++) {
        int label = stream.draw(drift.concept(i, random), random, features);
        row.setLength(0);
        for (float feature : features) {
          row.append(feature).append(',');
        }
        out.append(row.append(label).append('\n'));
        written.accept(i + 1);
      }
    }
  }

  private void writeIdx(Path folder, LongConsumer written) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    float[] pixels = new float[stream.features()];
    byte[] bytes = new byte[pixels.length];
    try (DataOutputStream images = open(folder.resolve("images-idx3-ubyte"));
        DataOutputStream labels = open(folder.resolve("labels-idx1-ubyte"))) {
      images.writeInt(0x803);
      images.writeInt(Math.toIntExact(samples));
      images.writeInt(DriftingImages.SIDE);
      images.writeInt(DriftingImages.SIDE);
      labels.writeInt(0x801);
      labels.writeInt(Math.toIntExact(samples));
      for (long i = 0; i < samples; i++) {
        int label = stream.draw(drift.concept(i, random), random, pixels);
        for (int pixel = 0; pixel < pixels.length; pixel++) {
          bytes[pixel] = (byte) pixels[pixel];
        }
        images.write(bytes);
        labels.writeByte(label);
        written.accept(i + 1);
      }
    }
  }

  private static DataOutputStream open(Path file) throws IOException {
    return new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)));
  }

  private String table(String name) {
    return """
    kind: dataset
    name: %s
    payload: {type: tensor, dtype: float32, shape: [%d]}
    label: {type: classes, names: [%s]}
    source:
      files: [samples.csv]
      format: {type: csv, label: class}
      time: {type: row-order, start: 2026-01-01, step: 1s}
    """
        .formatted(name, stream.features(), classNames());
  }

  private String imageDataset(String name) {
    return """
    kind: dataset
    name: %s
    payload: {type: tensor, dtype: uint8, shape: [%d, %d]}
    label: {type: classes, names: [%s]}
    source:
      files: [images-idx3-ubyte]
      format: {type: idx, labels: [labels-idx1-ubyte]}
      time: {type: row-order, start: 2026-01-01, step: 1s}
    """
        .formatted(name, DriftingImages.SIDE, DriftingImages.SIDE, classNames());
  }

  private String classNames() {
    return IntStream.range(0, stream.classes())
        .mapToObj(i -> "\"" + i + "\"")
        .collect(Collectors.joining(", "));
  }

  private String drifts() {
    String points = drift.points().stream().map(String::valueOf).collect(Collectors.joining(", "));
    return """
    {"kind": "%s", "samples": %d, "seed": %d, "points": [%s], "width": %d}
    """
        .formatted(
            drift.kind().name().toLowerCase(Locale.ROOT),
            samples,
            seed,
            points,
            drift.kind() == DriftSchedule.Kind.GRADUAL
                    || drift.kind() == DriftSchedule.Kind.INCREMENTAL
                ? drift.width()
                : 0);
  }
}
