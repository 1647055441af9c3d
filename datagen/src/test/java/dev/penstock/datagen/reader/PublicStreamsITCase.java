package dev.penstock.datagen.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.penstock.schemas.spec.SpecReader;
import dev.penstock.schemas.spec.dataset.DatasetDeclaration;
import dev.penstock.schemas.spec.dataset.DatasetSpec;
import dev.penstock.schemas.spec.dataset.LabelSpec;
import dev.penstock.schemas.spec.dataset.PayloadSpec;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The public streams that are declared in deploy/datasets, where their files are at hand. */
final class PublicStreamsITCase {

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  /** Classes 0: regression, or no labels. Features 0: text. */
  @ParameterizedTest
  @CsvSource({
    "elec2, elec2, 45312, 8, 2",
    "noaa-weather, noaa_weather, 18159, 8, 2",
    "powersupply, powersupply, 29928, 2, 24",
    "gas-sensor-drift, gas_sensor_drift, 6697, 128, 6",
    "spam, spam, 6213, 499, 2",
    "luxembourg, luxembourg, 1901, 31, 2",
    "occupancy, occupancy, 20560, 5, 2",
    "beijing-pm25, beijing_pm25, 41757, 10, 0",
    "bike-sharing, bike_sharing, 17379, 11, 0",
    "bank-marketing, bank_marketing, 45211, 51, 2",
    "arxiv-titles, arxiv_titles, 330775, 0, 84",
    "avazu, ctr_samples, 100, 0, 2",
    "mnist, mnist, 60000, 784, 10",
    "nab-taxi, nab, 10320, 1, 0",
  })
  void readsEverySampleByItsDeclarationAlone(
      String name, String folder, int samples, int features, int classes) throws IOException {
    Path data = ROOT.resolveSibling("shared").resolve("data").resolve(folder);
    assumeThat(data).as("files of %s beside the checkout", name).isDirectory();
    DatasetDeclaration declaration =
        SpecReader.readDataset(ROOT.resolve("deploy/datasets").resolve(name + ".yaml"));

    DatasetSpec dataset = Recordings.describe(declaration, data);

    assertThat(dataset.label() instanceof LabelSpec.Classes named ? named.count() : 0)
        .isEqualTo(classes);
    if (features > 0) {
      assertThat(((PayloadSpec.Tensor) dataset.payload()).elements()).isEqualTo(features);
    }
    int read = 0;
    try (SampleReader reader = Recordings.open(dataset, data)) {
      while (reader.next()) {
        read++;
      }
    }
    assertThat(read).isEqualTo(samples);
  }
}
