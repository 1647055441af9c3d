package dev.penstock.cli.models;

import dev.penstock.cli.option.ArtifactOptions;
import dev.penstock.kafka.registry.ModelRegistry;
import dev.penstock.models.store.ModelStore;
import dev.penstock.schemas.ModelVersion;
import dev.penstock.schemas.topic.KafkaOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Writes a version's weights as a safetensors file, and its card beside it. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Writes a model's weights as model.safetensors, and its card as model-card.json,"
            + " however they are stored.")
final class ExportCommand implements Callable<Integer> {

  @Mixin private final KafkaOptions kafka = new KafkaOptions();
  @Mixin private final ArtifactOptions store = new ArtifactOptions();

  @Parameters(index = "0", paramLabel = "MODEL", description = ModelRegistry.REFERENCE)
  @SuppressWarnings("FieldCanBeFinal") // set by the command line parser
  private String model = "";

  @Parameters(index = "1", paramLabel = "DIR", description = "where the files go")
  @SuppressWarnings("FieldCanBeFinal") // set by the command line parser
  private Path directory = Path.of("");

  @Override
  public Integer call() throws IOException {
    ModelVersion version = new ModelRegistry(kafka).version(model);
    ModelStore models = new ModelStore(store.open());
    byte[] weights = models.safetensors(version);
    byte[] card = models.card(version);
    Files.createDirectories(directory);
    Path file = directory.resolve("model.safetensors");
    Files.write(file, weights);
    Files.write(directory.resolve("model-card.json"), card);
    System.out.printf("%s: %s, %d bytes%n", version.getId(), file, weights.length);
    return CommandLine.ExitCode.OK;
  }
}
