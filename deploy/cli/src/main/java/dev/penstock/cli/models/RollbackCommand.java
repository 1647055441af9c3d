package dev.penstock.cli.models;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.penstock.cli.option.ArtifactOptions;
import dev.penstock.kafka.registry.ModelRegistry;
import dev.penstock.kafka.registry.Reigns;
import dev.penstock.models.store.ModelStore;
import dev.penstock.schemas.ModelStatus;
import dev.penstock.schemas.ModelVersion;
import dev.penstock.schemas.serde.AvroCodec;
import dev.penstock.schemas.topic.KafkaOptions;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Makes an earlier version the champion, by a record in the log that says so: jobs that score, and
 * the next training, go on from it as they do from any version.
 */
@Command(
    name = "rollback",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Makes an earlier version of a pipeline its champion again.")
final class RollbackCommand implements Callable<Integer> {

  @Mixin private final KafkaOptions kafka = new KafkaOptions();
  @Mixin private final ArtifactOptions store = new ArtifactOptions();

  @Parameters(paramLabel = "PIPELINE", description = "name of the pipeline")
  @SuppressWarnings("FieldCanBeFinal") // set by the command line parser
  private String pipeline = "";

  @Option(
      names = "--to",
      paramLabel = "MODEL",
      description =
          "the version that is to be the champion: "
              + ModelRegistry.REFERENCE
              + " (default: the previous one)")
  private Optional<String> to = Optional.empty();

  @Override
  public Integer call() throws ExecutionException, InterruptedException {
    Reigns reigns = Catalog.read(kafka).pipeline(pipeline);
    ModelVersion target =
        new ModelRegistry(kafka).version(to.orElse(pipeline + "@" + Reigns.PREVIOUS));
    check(reigns, target);
    // What cannot be loaded is no champion.
    byte[] weights = new ModelStore(store.open()).safetensors(target);
    ModelVersion record = record(reigns, target, System.currentTimeMillis());
    write(record);
    System.out.printf(
        "%s: champion is %s again, %d bytes of weights, as %s%n",
        pipeline, record.getRestores(), weights.length, record.getId());
    return CommandLine.ExitCode.OK;
  }

  private void check(Reigns reigns, ModelVersion target) {
    if (!target.getPipeline().equals(pipeline)) {
      throw new IllegalArgumentException(
          "--to must be a version of " + pipeline + ", got one of " + target.getPipeline());
    }
    if (target.getStatus() != ModelStatus.TRAINED) {
      throw new IllegalArgumentException("--to must be trained, got " + target.getId());
    }
    String model = Reigns.model(target);
    if (reigns.champion().map(Reigns::model).filter(model::equals).isPresent()) {
      throw new IllegalArgumentException("--to must not be the champion, got " + model);
    }
  }

  /**
   * The target as a version that is finished now. It takes the number of the newest decision: what
   * comes after that builds on it, and no training before it is taken for one under way.
   */
  static ModelVersion record(Reigns reigns, ModelVersion target, long now) {
    ModelVersion newest = reigns.records().get(0);
    for (ModelVersion version : reigns.records()) {
      newest = version.getDecisionNumber() >= newest.getDecisionNumber() ? version : newest;
    }
    String model = Reigns.model(target);
    return ModelVersion.newBuilder(target)
        .setId(model + "-restored-" + now)
        .setRestores(model)
        .setDecisionNumber(newest.getDecisionNumber())
        .setTriggerNumber(newest.getTriggerNumber())
        .setStartedAt(now)
        .setFinishedAt(now)
        .setWorker("rollback")
        .build();
  }

  private void write(ModelVersion record) throws ExecutionException, InterruptedException {
    Map<String, Object> properties = kafka.settings().clientProperties();
    properties.put("acks", "all");
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
      producer
          .send(
              new ProducerRecord<>(
                  kafka.topics().modelVersions(),
                  record.getPipeline().getBytes(UTF_8),
                  AvroCodec.of(ModelVersion.class).encode(record)))
          .get();
    }
  }
}
