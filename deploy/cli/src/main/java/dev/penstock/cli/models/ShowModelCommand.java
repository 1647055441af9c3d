package dev.penstock.cli.models;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.penstock.cli.option.ArtifactOptions;
import dev.penstock.cli.text.Figures;
import dev.penstock.kafka.registry.ModelRegistry;
import dev.penstock.models.store.ModelStore;
import dev.penstock.models.store.StoredWeights;
import dev.penstock.schemas.ModelVersion;
import dev.penstock.schemas.topic.KafkaOptions;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Prints a version's record, card and files. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Prints a model version's record, its card, and the files that its weights need.")
final class ShowModelCommand implements Callable<Integer> {

  @Mixin private final KafkaOptions kafka = new KafkaOptions();
  @Mixin private final ArtifactOptions store = new ArtifactOptions();

  @Parameters(paramLabel = "MODEL", description = ModelRegistry.REFERENCE)
  @SuppressWarnings("FieldCanBeFinal") // set by the command line parser
  private String model = "";

  @Override
  public Integer call() {
    ModelVersion version = new ModelRegistry(kafka).version(model);
    System.out.println(version);
    if (version.getWeights() != null) {
      ModelStore models = new ModelStore(store.open());
      System.out.println(new String(models.card(version), UTF_8));
      for (StoredWeights stored : models.chain(version)) {
        System.out.printf(
            "%s  %s, %s bytes  %s%n",
            stored.model(),
            stored.kind(),
            Figures.count(stored.ref().getSize()),
            stored.ref().getUri());
      }
    }
    return CommandLine.ExitCode.OK;
  }
}
