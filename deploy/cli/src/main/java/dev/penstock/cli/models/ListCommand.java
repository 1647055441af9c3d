package dev.penstock.cli.models;

import dev.penstock.cli.option.ArtifactOptions;
import dev.penstock.cli.text.Columns;
import dev.penstock.cli.text.Figures;
import dev.penstock.kafka.registry.Reigns;
import dev.penstock.models.store.ModelStore;
import dev.penstock.schemas.ArtifactRef;
import dev.penstock.schemas.ModelVersion;
import dev.penstock.schemas.topic.KafkaOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists model versions, a line each, oldest first. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Lists model versions, oldest first, with their aliases and stored files.")
final class ListCommand implements Callable<Integer> {

  private static final List<String> TITLES =
      List.of(
          "model",
          "status",
          "alias",
          "finished",
          ">samples",
          ">loss",
          "parent",
          "stored",
          ">bytes");

  @Mixin private final KafkaOptions kafka = new KafkaOptions();
  @Mixin private final ArtifactOptions store = new ArtifactOptions();

  @Option(names = "--pipeline", paramLabel = "NAME", description = "of this pipeline only")
  private Optional<String> pipeline = Optional.empty();

  @Override
  public Integer call() {
    ModelStore models = new ModelStore(store.open());
    Catalog catalog = Catalog.read(kafka);
    Map<String, Reigns> shown =
        pipeline.isPresent()
            ? Map.of(pipeline.get(), catalog.pipeline(pipeline.get()))
            : catalog.pipelines();
    List<List<String>> rows = new ArrayList<>();
    for (Reigns reigns : shown.values()) {
      for (ModelVersion version : reigns.records()) {
        rows.add(row(version, reigns, models));
      }
    }
    Columns columns = new Columns(TITLES);
    columns.fit(rows);
    System.out.println(Columns.line(columns.cells(TITLES.stream().map(Columns::bare).toList())));
    rows.forEach(row -> System.out.println(Columns.line(columns.cells(row))));
    return CommandLine.ExitCode.OK;
  }

  private static List<String> row(ModelVersion version, Reigns reigns, ModelStore models) {
    String restores = version.getRestores();
    ArtifactRef weights = version.getWeights();
    Double loss = version.getMetrics().get("loss");
    return List.of(
        version.getId(),
        restores == null ? version.getStatus().name() : "RESTORED",
        restores == null ? reigns.aliases(version.getId()) : "",
        Figures.time(version.getFinishedAt()),
        Figures.count(version.getTrainedSamples()),
        loss == null ? "-" : Figures.number(loss),
        Optional.ofNullable(version.getParent()).orElse("-"),
        weights == null ? "-" : stored(version, models),
        weights == null ? "-" : Figures.count(weights.getSize()));
  }

  private static String stored(ModelVersion version, ModelStore models) {
    return models.isStored(version) ? models.describe(version).kind() : "deleted";
  }
}
