package dev.penstock.cli.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.penstock.broker.EmbeddedBroker;
import dev.penstock.cli.Penstock;
import dev.penstock.cli.Printed;
import dev.penstock.schemas.Decision;
import dev.penstock.schemas.ModelVersion;
import dev.penstock.schemas.TrainingTask;
import dev.penstock.schemas.serde.AvroCodec;
import dev.penstock.schemas.topic.Topics;
import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The commands on a real broker. Pipeline {@code sea} fired at decision 1, whose training failed,
 * at 14, which was trained and tested, and at 27, which is not trained yet; {@code long} held a
 * thousand times.
 */
@Timeout(120)
final class LedgerITCase {

  private static final Topics TOPICS = new Topics("it-");
  private static final int LONG = 1_000;

  private static EmbeddedBroker broker;
  private static KafkaProducer<byte[], byte[]> producer;

  @BeforeAll
  static void fill() {
    broker = EmbeddedBroker.start();
    broker.createTopic(TOPICS.decisions(), 1);
    broker.createTopic(TOPICS.trainingTasks(), 4);
    broker.createTopic(TOPICS.modelVersions(), 1);
    broker.createTopic(TOPICS.evaluations(), 1);
    producer = broker.producer();
    write(Ledgers.fired("long", 1, 1), 1);
    for (int number = 2; number <= LONG; number++) {
      write(Ledgers.held("long", number, 1, 0.01), number);
    }
    for (int number = 1; number <= 30; number++) {
      boolean fires = number % 13 == 1;
      int triggers = (number + 12) / 13;
      write(
          fires
              ? Ledgers.fired("sea", number, triggers)
              : Ledgers.held("sea", number, triggers, 0.049 - number * 0.001),
          number);
    }
    TrainingTask first = Ledgers.task(Ledgers.fired("sea", 1, 1), null, 100);
    TrainingTask second = Ledgers.task(Ledgers.fired("sea", 14, 2), "sea-1", 1_000);
    TrainingTask third = Ledgers.task(Ledgers.fired("sea", 27, 3), "sea-14", 1_000);
    ModelVersion version = Ledgers.trained(second, null);
    write(TOPICS.trainingTasks(), "sea", first, 1);
    write(TOPICS.trainingTasks(), "sea", second, 14);
    write(TOPICS.trainingTasks(), "sea", third, 27);
    write(TOPICS.modelVersions(), "sea", Ledgers.failed(first), 1);
    write(TOPICS.modelVersions(), "sea", version, 14);
    for (int slice = 10; slice < 20; slice++) {
      Map<String, Long> models = slice < 15 ? Map.of("sea-0", 100L) : Map.of("sea-14", 100L);
      write(
          TOPICS.evaluations(),
          "sea",
          Ledgers.slice("sea", slice, models, slice < 15 ? 0.7 : 0.9),
          slice);
    }
    producer.flush();
  }

  @AfterAll
  static void stop() {
    producer.close();
    broker.close();
  }

  @Test
  void printsTheLastDecisionsAndHowToSeeMore() {
    Printed printed = run("decisions", "--pipeline", "sea");

    assertThat(printed.exitCode()).isZero();
    assertThat(printed.lines()).hasSize(22);
    assertThat(printed.lines().get(0)).startsWith("pipeline  number  outcome  slice time");
    assertThat(printed.lines().get(17)).contains("sea", "27", "FIRED", "1,200", "sea-1", "drift");
    assertThat(printed.lines().get(21))
        .isEqualTo("(the last 20; --last N or --from NUMBER|TIME shows more)");
  }

  @Test
  void narrowsDecisionsDown() {
    assertThat(run("decisions", "--pipeline", "sea", "--fired").lines()).hasSize(4);
    assertThat(run("decisions", "--pipeline", "long", "--fired").lines()).hasSize(2);
    assertThat(run("decisions", "--pipeline", "sea", "--from", "28").lines()).hasSize(4);
    assertThat(run("decisions", "--from", "2026-01-01T00:40:00Z", "--pipeline", "sea").lines())
        .hasSize(8);
    assertThat(run("decisions", "--from", "1", "--pipeline", "long").lines()).hasSize(LONG + 1);
    assertThat(run("decisions", "--json", "--last", "3").lines())
        .hasSize(3)
        .allMatch(line -> line.startsWith("{\"pipeline\": \"sea\""));
  }

  @Test
  void watchesUntilItIsToldToEnd() throws Exception {
    Process process = start("decisions", "--pipeline", "late", "--watch");
    try (BufferedReader lines = process.inputReader(UTF_8)) {
      assertThat(lines.readLine()).startsWith("pipeline");
      write(Ledgers.fired("late", 1, 1), 1);
      producer.flush();
      assertThat(lines.readLine()).startsWith("late").contains("FIRED");

      process.destroy();

      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isZero();
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void tellsWhyTheLastModelIsNotThereYet() {
    Printed printed = run("why", "sea");

    assertThat(printed.exitCode()).isZero();
    assertThat(printed.prose())
        .startsWith("Pipeline sea, decision 27: FIRED, trigger 3")
        .contains(
            "Held 12 times since decision 14 fired; closest: mmd 0.034 of 0.05 in decision 15.")
        .contains("Not there yet: the task is in training, or waits for a worker.");
  }

  @Test
  void tellsHowAModelDid() {
    assertThat(run("why", "sea", "14").prose())
        .contains("Selected: 1,000 of them (83.33 %).")
        .contains("sea-14 was trained from scratch on 1,000 samples in 2.3 s by worker-1")
        .contains("accuracy 0.7 in slice 14, the last before it;")
        .contains("0.9 (+0.2) in slice 15");
  }

  @Test
  void tellsWhyATrainingFailed() {
    assertThat(run("why", "sea", "1").prose())
        .contains("It was the first decision.")
        .contains("sea-1 failed after 2.3 s on worker-1")
        .contains("loss must be finite, got NaN in epoch 2.");
  }

  @Test
  void tellsOfLongHolds() {
    assertThat(run("why", "long", String.valueOf(LONG)).prose())
        .contains("Pipeline long, decision 1000: HELD")
        .contains("Held 998 times since decision 1 fired");
  }

  @Test
  void writesTheChainAsJson() throws Exception {
    JsonNode chain = new ObjectMapper().readTree(run("why", "sea", "14", "--json").text());

    assertThat(chain.path("state").asText()).isEqualTo("trained");
    assertThat(chain.at("/decision/scores/0/name").asText()).isEqualTo("mmd");
    assertThat(chain.at("/heldBefore/sinceDecision").asLong()).isEqualTo(1);
    assertThat(chain.at("/heldBefore/count").asLong()).isEqualTo(12);
    assertThat(chain.at("/task/samples").asLong()).isEqualTo(1_000);
    assertThat(chain.path("millisToModel").asLong()).isEqualTo(4_040);
    assertThat(chain.at("/sliceBefore/slice").asLong()).isEqualTo(14);
    assertThat(chain.path("slicesAfter")).hasSize(2);
  }

  @Test
  void comparesWithPoliciesThatMeasureNothing() {
    assertThat(run("decisions", "--summary", "sea").text())
        .contains("Pipeline sea: 30 evaluations")
        .containsPattern("always +30 ");
    assertThat(run("why", "sea", "--summary").text())
        .contains("Pipeline sea, decision 27")
        .contains("Pipeline sea: 30 evaluations");
  }

  @Test
  void namesWhatThereIsInsteadOfWhatIsUnknown() {
    assertThat(run("why", "see").errors())
        .contains("pipeline must be one with decisions: ")
        .contains("got see; did you mean sea?");
    assertThat(run("why", "see").exitCode()).isEqualTo(1);
    assertThat(run("decisions", "--pipeline", "see").errors()).contains("did you mean sea?");
    assertThat(run("decisions", "--summary", "see").errors()).contains("did you mean sea?");
    assertThat(run("why", "sea", "31").errors())
        .contains("why: decision of pipeline sea must be from 1 to 30, got 31");
    assertThat(run("why", "sea", "31").exitCode()).isEqualTo(1);
    assertThat(run("decisions", "--from", "yesterday").exitCode()).isEqualTo(2);
    assertThat(run("decisions", "--topic-prefix", "other-").errors())
        .contains("No topic other-decisions yet");
  }

  private static void write(Decision decision, long number) {
    write(TOPICS.decisions(), decision.getPipeline(), decision, number);
  }

  @SuppressWarnings("unchecked")
  private static <T extends SpecificRecordBase> void write(
      String topic, String key, T message, long number) {
    AvroCodec<T> codec = AvroCodec.of((Class<T>) message.getClass());
    var unused =
        producer.send(
            new ProducerRecord<>(
                topic, null, Ledgers.clock(number), key.getBytes(UTF_8), codec.encode(message)));
  }

  private static List<String> arguments(String... command) {
    List<String> args = new ArrayList<>(List.of(command));
    args.addAll(List.of("--bootstrap-servers", broker.bootstrapServers()));
    if (!args.contains("--topic-prefix")) {
      args.addAll(List.of("--topic-prefix", TOPICS.prefix()));
    }
    return args;
  }

  private static Printed run(String... command) {
    return Printed.by(arguments(command));
  }

  private static Process start(String... command) throws Exception {
    List<String> line =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Penstock.class.getName()));
    line.addAll(arguments(command));
    return new ProcessBuilder(line).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }
}
