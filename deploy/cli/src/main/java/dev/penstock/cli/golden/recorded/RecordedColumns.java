package dev.penstock.cli.golden.recorded;

import dev.penstock.datagen.reader.Recordings;
import dev.penstock.datagen.reader.SampleReader;
import dev.penstock.schemas.serde.TensorValues;
import dev.penstock.schemas.spec.SpecReader;
import dev.penstock.schemas.spec.dataset.DatasetSpec;
import dev.penstock.schemas.spec.dataset.LabelSpec;
import dev.penstock.schemas.spec.dataset.PayloadSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A recorded dataset as the readers of samples read it.
 *
 * @param times event time of each row, milliseconds
 * @param labels of each row; of classes their indexes
 * @param names of the classes; empty: the label is a number
 * @param features of each row; of texts none
 */
record RecordedColumns(long[] times, double[] labels, List<String> names, List<double[]> features) {

  /**
   * Reads a dataset.
   *
   * @param yaml its declaration
   * @return empty: its folder is not there
   */
  static Optional<RecordedColumns> read(Path folder, String yaml) throws IOException {
    if (!Files.isDirectory(folder)) {
      return Optional.empty();
    }
    DatasetSpec dataset = Recordings.describe(SpecReader.parseDataset("dataset", yaml), folder);
    List<Long> times = new ArrayList<>();
    List<Double> labels = new ArrayList<>();
    List<double[]> features = new ArrayList<>();
    boolean isClass = dataset.label() instanceof LabelSpec.Classes;
    try (SampleReader samples = Recordings.open(dataset, folder)) {
      while (samples.next()) {
        times.add(samples.timestamp());
        labels.add(isClass ? (double) samples.labelClass() : samples.labelReal());
        if (dataset.payload() instanceof PayloadSpec.Tensor tensor) {
          features.add(written(TensorValues.of(tensor, samples.payload())));
        }
      }
    }
    return Optional.of(
        new RecordedColumns(
            times.stream().mapToLong(time -> time).toArray(),
            labels.stream().mapToDouble(label -> label).toArray(),
            dataset.label() instanceof LabelSpec.Classes classes ? classes.names() : List.of(),
            features));
  }

  /** Numbers of six digits, as they stood in the file before they were of single precision. */
  private static double[] written(double[] features) {
    double[] written = new double[features.length];
    for (int i = 0; i < written.length; i++) {
      written[i] = Double.parseDouble(Float.toString((float) features[i]));
    }
    return written;
  }

  int size() {
    return times.length;
  }

  /** Values of a feature in some rows. */
  double[] feature(int index, int[] rows) {
    return IntStream.of(rows).mapToDouble(row -> features.get(row)[index]).toArray();
  }

  /** Labels of some rows. */
  double[] labels(int[] rows) {
    return IntStream.of(rows).mapToDouble(row -> labels[row]).toArray();
  }
}
