package dev.penstock.cli.lineage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.penstock.broker.EmbeddedBroker;
import dev.penstock.cli.Printed;
import dev.penstock.cli.cluster.LocalStack;
import dev.penstock.cli.process.Distribution;
import dev.penstock.cli.process.JavaProcess;
import dev.penstock.kafka.TopicReader;
import dev.penstock.schemas.ModelStatus;
import dev.penstock.schemas.ModelVersion;
import dev.penstock.schemas.TrainingTask;
import dev.penstock.schemas.serde.AvroCodec;
import dev.penstock.schemas.serde.SampleEncoder;
import dev.penstock.schemas.spec.SpecJson;
import dev.penstock.schemas.spec.SpecReader;
import dev.penstock.schemas.topic.Topics;
import dev.penstock.schemas.trainingset.SampleSet;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The commands on models that a real worker has trained: {@code p-1} by loss on a quarter of the
 * samples at even offsets, {@code p-2} from it on all of them. {@code p-3} is what {@code p-2} is,
 * but says that it came of the task of {@code p-1}; {@code p-4} failed. Then the pipeline was
 * rolled back to {@code p-2}, its champion since.
 */
@Timeout(300)
final class LineageITCase {

  private static final Topics TOPICS = new Topics("lineage-");
  private static final String SAMPLES = "lineage-samples";
  private static final int COUNT = 2_000;
  private static final int SET = COUNT / 2;
  private static final String DATASET =
      """
      kind: dataset
      name: points
      topic: %s
      payload: {type: tensor, dtype: float32, shape: [2]}
      label: {type: classes, names: [below, above]}
      """
          .formatted(SAMPLES);
  private static final String PLAIN =
      "model: {type: mlp, hidden: [8]}, epochs-per-trigger: 2, batch-size: 20, scaling: standard";

  @TempDir static Path directory;

  private static EmbeddedBroker broker;
  private static KafkaProducer<byte[], byte[]> producer;
  private static URI artifacts;

  @BeforeAll
  static void train() throws IOException {
    broker = EmbeddedBroker.start();
    broker.createTopic(SAMPLES, 2);
    broker.createTopic(TOPICS.trainingTasks(), 2);
    broker.createTopic(TOPICS.modelVersions(), 1);
    producer = broker.producer();
    writeSamples();
    TrainingTask first =
        task(1, "{" + PLAIN + ", downsampling: {type: loss, ratio: 25, period: 0}}");
    write(TOPICS.trainingTasks(), AvroCodec.of(TrainingTask.class).encode(first));
    write(
        TOPICS.trainingTasks(),
        AvroCodec.of(TrainingTask.class).encode(task(2, "{" + PLAIN + "}")));
    try (LocalStack stack = LocalStack.configure(directory, broker.settings(), TOPICS, 0, 1)) {
      artifacts = stack.artifacts();
      stack.startWorker("worker-1", List.of());
      await().atMost(Duration.ofMinutes(3)).until(() -> versions().size() == 2);
    }
    TrainingTask third = TrainingTask.newBuilder(first).setId("p-3").build();
    write(TOPICS.trainingTasks(), AvroCodec.of(TrainingTask.class).encode(third));
    ModelVersion other = ModelVersion.newBuilder(versions().get(1)).setId("p-3").build();
    write(TOPICS.modelVersions(), AvroCodec.of(ModelVersion.class).encode(other));
    ModelVersion failed =
        ModelVersion.newBuilder(other)
            .setId("p-4")
            .setStatus(ModelStatus.FAILED)
            .setReason("no labelled sample")
            .build();
    write(TOPICS.modelVersions(), AvroCodec.of(ModelVersion.class).encode(failed));
    producer.flush();
    assertThat(run("models", "rollback", "p", "--artifacts", artifacts.toString()).text())
        .startsWith("p: champion is p-2 again");
  }

  @AfterAll
  static void stop() {
    producer.close();
    broker.close();
  }

  @Test
  void tellsWhatAModelWasTrainedOn() {
    Printed printed = run("lineage", "p-1");

    assertThat(printed.exitCode()).isZero();
    assertThat(printed.text())
        .startsWith("Model p-1 of pipeline p, trigger 1: trained on 250 samples")
        .contains("Digest " + versions().get(0).getTrainingSetDigest())
        .contains("Samples count from ");
    String second = run("lineage", "p-2").text();
    assertThat(second).contains("on 1,000 samples", "All samples count 1");
    assertThat(run("lineage", "p@champion").text()).isEqualTo(second);
    assertThat(run("lineage", "p@previous").text()).startsWith("Model p-3 of pipeline p");
  }

  @Test
  void exportsEverySample() throws IOException {
    List<String> csv = run("lineage", "p-1", "--export", "csv").text().lines().toList();

    assertThat(csv).hasSize(251).startsWith("partition,offset,weight");
    assertThat(csv.get(1)).matches("0,\\d*[02468],\\d+\\.\\d+(E-?\\d+)?");
    List<String> json = run("lineage", "p-1", "--export", "json", "--keys").text().lines().toList();
    assertThat(json).hasSize(250);
    JsonNode sample = new ObjectMapper().readTree(json.get(0));
    long row = 2 * sample.path("offset").asLong() + sample.path("partition").asLong();
    assertThat(sample.path("key").asText()).isEqualTo("k" + row);
    assertThat(sample.path("weight").asDouble()).isPositive();
    assertThat(run("lineage", "p@champion", "--export", "csv", "--keys").text())
        .isEqualTo(run("lineage", "p-2", "--export", "csv", "--keys").text())
        .hasLineCount(1_001);
  }

  @Test
  void namesTheModelsThatSawASample() {
    String seen = run("lineage", "p-1", "--export", "csv").text().lines().toList().get(1);
    int offset = Integer.parseInt(seen.split(",", -1)[1]);

    Printed byKey = run("who-saw", "k" + 2 * offset);
    assertThat(byKey.exitCode()).isZero();
    assertThat(byKey.text().lines().map(line -> line.split(" ", -1)[0]))
        .containsExactly("p-1", "p-2", "p-3");
    assertThat(byKey.errors()).contains("In " + SAMPLES + " at [0:" + offset + "]");
    assertThat(run("who-saw", "0:" + offset).text()).isEqualTo(byKey.text());
    assertThat(run("who-saw", "0:1").exitCode()).isEqualTo(1);
    assertThat(run("who-saw", "no-such-key").errors()).contains("No sample with key no-such-key");
  }

  @Test
  void trainsAgainAndTellsWhetherItIsTheSame() throws IOException, InterruptedException {
    assertThat(reproduce("p-1")).startsWith("Model p-1: from scratch").endsWith("exit code 0");
    assertThat(reproduce("p@champion")).startsWith("Model p-2: from p-1").endsWith("exit code 0");
    assertThat(reproduce("p@previous")).startsWith("Model p-3: from p-1").endsWith("exit code 1");
    assertThat(run("reproduce", "p-5", "--artifacts", artifacts.toString()).exitCode())
        .isEqualTo(2);
    assertThat(run("reproduce").exitCode()).isEqualTo(2);
    assertThat(reproduce("--help")).contains("MODEL", "sea@champion").endsWith("exit code 0");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          p-11       | which is not in topic lineage-model-versions; did you mean p-1?
          p          | did you mean p@champion?
          p@champ    | model must be an id such as sea-12, or sea@champion, or sea@previous, got p@champ
          q@champion | pipeline must have model versions, got none of q; there are those of [p]
          """)
  void saysWhatIsWrongWithAReference(String reference, String message)
      throws IOException, InterruptedException {
    Printed lineage = run("lineage", reference);

    assertThat(lineage.exitCode()).isEqualTo(1);
    assertThat(lineage.errors()).startsWith("lineage: ").contains(message);
    String reason = lineage.errors().strip().substring("lineage: ".length());
    assertThat(run("models", "show", reference, "--artifacts", artifacts.toString()).errors())
        .isEqualTo("show: " + reason + "\n");
    assertThat(reproduce(reference)).isEqualTo("reproduce: " + reason + "\nexit code 2");
  }

  @Test
  void saysThatATrainingFailedAndWhy() throws IOException, InterruptedException {
    String message = ": model must be trained, got p-4, which failed: no labelled sample\n";

    assertThat(run("lineage", "p-4").errors()).isEqualTo("lineage" + message);
    assertThat(reproduce("p-4")).isEqualTo("reproduce" + message + "exit code 2");
  }

  private static List<ModelVersion> versions() {
    AvroCodec<ModelVersion> codec = AvroCodec.of(ModelVersion.class);
    List<ModelVersion> versions = new ArrayList<>();
    try (TopicReader reader = new TopicReader(broker.settings(), TOPICS.modelVersions())) {
      reader.readToEnd(message -> versions.add(codec.decode(message.value())));
    }
    return versions;
  }

  private static void writeSamples() {
    SplittableRandom random = new SplittableRandom(11);
    SampleEncoder encoder = new SampleEncoder();
    for (int i = 0; i < COUNT; i++) {
      float x = (float) random.nextDouble();
      float y = (float) random.nextDouble();
      byte[] payload =
          ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putFloat(x).putFloat(y).array();
      byte[] value = encoder.classified(i, x + y > 1 ? 1 : 0, "k" + i, payload);
      var unused = producer.send(new ProducerRecord<>(SAMPLES, i % 2, null, value));
    }
    producer.flush();
  }

  private static TrainingTask task(int number, String training) {
    SampleSet.Builder set = SampleSet.builder();
    for (int partition = 0; partition < 2; partition++) {
      for (int offset = 0; offset < SET; offset += 2) {
        set.add(partition, offset);
      }
    }
    return TrainingTask.newBuilder()
        .setId("p-" + number)
        .setPipeline("p")
        .setDecisionNumber(number)
        .setTriggerNumber(number)
        .setDataset(SpecJson.write(SpecReader.parseDataset("test", DATASET).complete()))
        .setTraining(SpecJson.write(SpecJson.readTraining(training)))
        .setTrainingSet(set.build().toRecord())
        .setSliceTime(COUNT)
        .setBoundary(List.of())
        .setParent(number == 1 ? null : "p-" + (number - 1))
        .setSeed(5)
        .build();
  }

  private static void write(String topic, byte[] value) {
    var unused = producer.send(new ProducerRecord<>(topic, "p".getBytes(UTF_8), value));
  }

  /** What the command's process prints on both of its outputs, and its exit code. */
  private static String reproduce(String model) throws IOException, InterruptedException {
    JavaProcess process =
        new JavaProcess("reproduce", directory, Distribution.current())
            .args(model, "--artifacts", artifacts.toString())
            .args("--bootstrap-servers", broker.bootstrapServers())
            .args("--topic-prefix", TOPICS.prefix());
    int exitCode = process.start("worker", "dev.penstock.worker.ReproduceModel").waitFor();
    return Files.readString(process.outFile()) + "exit code " + exitCode;
  }

  private static Printed run(String... command) {
    List<String> args = new ArrayList<>(List.of(command));
    args.addAll(List.of("--bootstrap-servers", broker.bootstrapServers()));
    args.addAll(List.of("--topic-prefix", TOPICS.prefix()));
    return Printed.by(args);
  }
}
