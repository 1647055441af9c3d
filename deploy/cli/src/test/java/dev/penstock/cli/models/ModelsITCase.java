package dev.penstock.cli.models;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.penstock.broker.EmbeddedBroker;
import dev.penstock.cli.Printed;
import dev.penstock.models.Safetensors;
import dev.penstock.models.Tensor;
import dev.penstock.models.store.ModelStore;
import dev.penstock.schemas.ArtifactRef;
import dev.penstock.schemas.ModelStatus;
import dev.penstock.schemas.ModelVersion;
import dev.penstock.schemas.artifact.ArtifactStore;
import dev.penstock.schemas.serde.AvroCodec;
import dev.penstock.schemas.spec.SpecJson;
import dev.penstock.schemas.spec.storage.ModelStorageSpec;
import dev.penstock.schemas.topic.Topics;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** The commands on a real broker and store: six versions, of which the third failed. */
final class ModelsITCase {

  private static final ModelStorageSpec STORAGE =
      SpecJson.readModelStorage("{type: delta, full-model-interval: 3}");
  private static final int VERSIONS = 6;
  private static final int FAILED = 3;

  private static EmbeddedBroker broker;

  @TempDir Path directory;
  private Topics topics = new Topics("");
  private final List<ModelVersion> versions = new ArrayList<>();
  private final List<byte[]> files = new ArrayList<>();

  @BeforeAll
  static void start() {
    broker = EmbeddedBroker.start();
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  /** Every test has a log and a store of its own. */
  @BeforeEach
  void fill(TestInfo test) throws ExecutionException, InterruptedException {
    topics = new Topics(test.getTestMethod().orElseThrow().getName() + "-");
    broker.createTopic(topics.modelVersions(), 1);
    broker.createTopic(topics.trainingTasks(), 1);
    ModelStore store = new ModelStore(artifacts());
    SplittableRandom random = new SplittableRandom(7);
    float[] values = new float[5_000];
    Optional<ModelVersion> parent = Optional.empty();
    for (int number = 1; number <= VERSIONS; number++) {
      for (int i = 0; i < values.length; i++) {
        values[i] += (float) ((random.nextDouble() - 0.5) * (number == 1 ? 1 : 1e-4));
      }
      byte[] file =
          Safetensors.write(
              new TreeMap<>(Map.of("01Linear_weight", Tensor.vector(values.clone()))),
              Map.of("format", "pt"));
      files.add(file);
      ModelVersion version = version(number, parent);
      if (number != FAILED) {
        version.setWeights(store.put(file, STORAGE, parent));
        version.setCard(artifacts().put("{}".getBytes(UTF_8)));
        parent = Optional.of(version);
      }
      versions.add(version);
      write(version);
    }
  }

  @Test
  void listsVersionsWithTheirAliases() {
    List<String> lines = run("list").lines();

    assertThat(lines).hasSize(VERSIONS + 1);
    assertThat(lines.get(0)).startsWith("model  status   alias");
    assertThat(lines.get(1)).startsWith("sea-1  TRAINED").contains("full zstd");
    assertThat(lines.get(3)).startsWith("sea-3  FAILED");
    assertThat(lines.get(5)).startsWith("sea-5  TRAINED  previous").contains("full zstd");
    assertThat(lines.get(6)).startsWith("sea-6  TRAINED  champion").contains("delta sub");
  }

  @Test
  void showsTheFilesThatAVersionNeeds() {
    List<String> lines = run("show", "sea-4").lines();

    assertThat(lines.get(0)).contains("\"id\": \"sea-4\"");
    assertThat(lines.subList(lines.size() - 3, lines.size()))
        .extracting(line -> line.split(" ", -1)[0])
        .containsExactly("sea-4", "sea-2", "sea-1");
  }

  @Test
  void exportsASafetensorsFileByTheFormatsRules() throws IOException {
    Path folder = directory.resolve("out");

    assertThat(run("export", "sea@champion", folder.toString()).exitCode()).isZero();

    byte[] file = Files.readAllBytes(folder.resolve("model.safetensors"));
    assertThat(file).isEqualTo(files.get(VERSIONS - 1));
    assertThat(folder.resolve("model-card.json")).hasContent("{}");
    long header = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getLong();
    assertThat(header % 8).isZero();
    assertThat(file[8]).isEqualTo((byte) '{');
    JsonNode json = new ObjectMapper().readTree(file, 8, (int) header);
    JsonNode tensor = json.get("01Linear_weight");
    assertThat(json.get("__metadata__").get("format").isTextual()).isTrue();
    assertThat(tensor.get("dtype").asText()).isEqualTo("F32");
    assertThat(tensor.get("shape")).hasToString("[5000]");
    assertThat(tensor.get("data_offsets")).hasToString("[0,20000]");
    assertThat((long) file.length).isEqualTo(8 + header + 20_000);
  }

  @Test
  void aRollbackMakesThePreviousVersionTheChampionAndCanBeUndone() {
    Printed rolledBack = run("rollback", "sea");

    assertThat(rolledBack.text()).startsWith("sea: champion is sea-5 again");
    List<String> lines = run("list").lines();
    assertThat(lines.get(5)).startsWith("sea-5").contains("TRAINED   champion");
    assertThat(lines.get(6)).startsWith("sea-6").contains("TRAINED   previous");
    assertThat(lines.get(7)).startsWith("sea-5-restored-").contains("RESTORED");
    assertThat(champion()).isEqualTo(files.get(4));

    run("rollback", "sea");
    assertThat(champion()).isEqualTo(files.get(5));
    run("rollback", "sea", "--to", "sea-1");
    assertThat(champion()).isEqualTo(files.get(0));
    assertThat(run("show", "sea@champion").lines().get(0))
        .contains("\"restores\": \"sea-1\"", "\"decisionNumber\": " + VERSIONS);
  }

  @Test
  void refusesToRollBackToWhatIsNoModel() {
    assertThat(run("rollback", "sea", "--to", "sea-3").errors())
        .contains("--to must be trained, got sea-3");
    assertThat(run("rollback", "sea", "--to", "sea-6").errors())
        .contains("--to must not be the champion, got sea-6");
    assertThat(run("rollback", "sky").errors())
        .contains("pipeline must have model versions, got none of sky; there are those of [sea]");
  }

  @Test
  void deletesOnlyWhatNoKeptVersionNeeds() throws IOException {
    ArtifactRef orphan = artifacts().put(new byte[] {1});
    long before = count();

    assertThat(run("gc", "--keep", "1").text()).contains("0 files");
    assertThat(run("gc", "--keep", "1", "--grace", "PT0S").text())
        .contains("sea-1", "sea-2", "sea-4", "3 files", "nothing deleted")
        .doesNotContain("sea-5", "orphan");
    assertThat(count()).isEqualTo(before);
    assertThat(run("gc", "--keep", "1", "--pin", "sea-2", "--grace", "PT0S").text())
        .contains("1 file,")
        .contains("sea-4");

    assertThat(run("gc", "--keep", "1", "--grace", "PT0S", "--yes").text()).contains("deleted");
    assertThat(count()).isEqualTo(before - 3);
    assertThat(champion()).isEqualTo(files.get(5));
    assertThat(run("list").lines().get(1)).contains("deleted");
    assertThat(run("export", "sea-4", directory.toString()).errors())
        .contains("weights of sea-4 must be readable: artifact must exist, got none at ");
    assertThat(run("gc", "--keep", "5", "--grace", "PT0S", "--orphans", "--yes").text())
        .contains("(orphan)", orphan.getUri(), "1 file,");
    assertThat(count()).isEqualTo(before - 4);
  }

  private byte[] champion() {
    Path folder = directory.resolve("champion");
    run("export", "sea@champion", folder.toString());
    try {
      return Files.readAllBytes(folder.resolve("model.safetensors"));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private long count() throws IOException {
    try (Stream<Path> all = Files.walk(Path.of(URI.create(root()).getPath()))) {
      return all.filter(Files::isRegularFile).count();
    }
  }

  private String root() {
    return directory.resolve("store").toUri().toString();
  }

  private ArtifactStore artifacts() {
    return ArtifactStore.open(URI.create(root()));
  }

  private static ModelVersion version(int number, Optional<ModelVersion> parent) {
    boolean failed = number == FAILED;
    return ModelVersion.newBuilder()
        .setId("sea-" + number)
        .setPipeline("sea")
        .setDecisionNumber(number)
        .setTriggerNumber(number)
        .setStatus(failed ? ModelStatus.FAILED : ModelStatus.TRAINED)
        .setReason(failed ? "no labelled sample" : null)
        .setTrainedSamples(100)
        .setTrainingSetDigest("")
        .setSliceTime(0)
        .setBoundary(List.of())
        .setParent(parent.map(ModelVersion::getId).orElse(null))
        .setSeed(0)
        .setStartedAt(1_000L * number)
        .setFinishedAt(1_000L * number)
        .setWorker("w")
        .setMetrics(Map.of("loss", 0.5))
        .build();
  }

  private void write(ModelVersion version) throws ExecutionException, InterruptedException {
    try (KafkaProducer<byte[], byte[]> producer = broker.producer()) {
      byte[] value = AvroCodec.of(ModelVersion.class).encode(version);
      producer.send(new ProducerRecord<>(topics.modelVersions(), value)).get();
    }
  }

  private Printed run(String... command) {
    List<String> arguments = new ArrayList<>(List.of("models"));
    arguments.addAll(Arrays.asList(command));
    arguments.addAll(List.of("--bootstrap-servers", broker.bootstrapServers()));
    arguments.addAll(List.of("--topic-prefix", topics.prefix(), "--artifacts", root()));
    return Printed.by(arguments);
  }
}
