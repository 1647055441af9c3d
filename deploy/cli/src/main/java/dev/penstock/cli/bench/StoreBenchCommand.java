package dev.penstock.cli.bench;

import dev.penstock.broker.EmbeddedBroker;
import dev.penstock.cli.bench.ReportOptions.Format;
import dev.penstock.cli.option.RecordingOptions;
import dev.penstock.datagen.stream.DriftSchedule;
import dev.penstock.datagen.stream.DriftingImages;
import dev.penstock.datagen.stream.StreamFiles;
import dev.penstock.schemas.spec.SpecReader;
import dev.penstock.schemas.spec.SpecYaml;
import dev.penstock.schemas.spec.dataset.DatasetDeclaration;
import dev.penstock.schemas.spec.dataset.DatasetSpec;
import dev.penstock.schemas.topic.KafkaSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.commons.io.FileUtils;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Unmatched;

/** Fine-tunings of a model on a stream that drifts, stored in every way. */
@Command(
    name = "store",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Bytes a version and load time of fine-tunings of a model, one after the other,"
            + " for every way to store them. Further arguments go to the benchmark's process:"
            + " --model, --optimizer, --way.")
final class StoreBenchCommand implements Callable<Integer> {

  private static final int CLASSES = 10;
  private static final long SEED = 42;

  @Mixin private final ReportOptions report = new ReportOptions();

  @Mixin private final RecordingOptions recorded = new RecordingOptions();

  @Option(
      names = "--versions",
      defaultValue = "50",
      description = "fine-tunings after the first model (default: ${DEFAULT-VALUE})")
  private int versions;

  @Option(
      names = "--samples",
      defaultValue = "500",
      description = "of each (default: ${DEFAULT-VALUE})")
  private int samples;

  @Unmatched
  @SuppressWarnings("FieldCanBeFinal") // set by the command line parser
  private List<String> more = new ArrayList<>();

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path directory = Files.createTempDirectory("penstock-bench");
    try (EmbeddedBroker broker = EmbeddedBroker.start()) {
      Path file = directory.resolve("dataset-in-kafka.yaml");
      Files.writeString(file, SpecYaml.write(produce(broker.settings(), directory)));
      return new EngineProcess("StoreBenchmarkMain", directory, "3g")
          .args("--bootstrap-servers", broker.bootstrapServers())
          .args("--dataset", file.toString())
          .args("--versions", String.valueOf(versions))
          .args("--samples", String.valueOf(samples))
          .args("-o", report.format() == Format.JSON ? "json" : "text")
          .args(more)
          .run();
    } finally {
      FileUtils.deleteDirectory(directory.toFile());
    }
  }

  /** Writes as many samples as there will be trained on. */
  private DatasetSpec produce(KafkaSettings kafka, Path directory)
      throws IOException, InterruptedException {
    long wanted = (versions + 1L) * samples;
    Path images = directory.resolve("images");
    if (recorded.dataset().isEmpty()) {
      DriftSchedule drift =
          new DriftSchedule(DriftSchedule.Kind.INCREMENTAL, List.of(wanted / 2), wanted / 2);
      new StreamFiles(new DriftingImages(CLASSES, SEED), drift, wanted, SEED)
          .write("images", images, written -> {});
    }
    DatasetDeclaration declaration =
        SpecReader.readDataset(recorded.dataset().orElse(images.resolve("dataset.yaml")));
    Path files = recorded.data().orElse(declaration.directory());
    RecordedTopic topic = RecordedTopic.write(kafka, declaration, files, wanted);
    if (topic.samples() < wanted) {
      throw new IllegalArgumentException(
          "dataset must have " + wanted + " samples for so many versions, got " + topic.samples());
    }
    return topic.dataset();
  }
}
