package dev.penstock.core.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.penstock.core.block.SampleBlock;
import dev.penstock.core.timeline.Run;
import dev.penstock.core.timeline.Timeline;
import dev.penstock.schemas.spec.SelectionSpec;
import dev.penstock.schemas.spec.TriggerSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** Policies beside Modyn's own tests, chunk by chunk. */
final class TriggerPoliciesTest {

  /** One spec of every kind; a new kind fails the test until it is here. */
  private static final Map<Class<?>, TriggerSpec> SPECS =
      Map.of(
          TriggerSpec.DataAmount.class,
          new TriggerSpec.DataAmount(3),
          TriggerSpec.Time.class,
          new TriggerSpec.Time(Duration.ofDays(1), Optional.empty()),
          TriggerSpec.Never.class,
          new TriggerSpec.Never(),
          TriggerSpec.EveryN.class,
          new TriggerSpec.EveryN(2, 10),
          TriggerSpec.Guarded.class,
          new TriggerSpec.Guarded(
              new TriggerSpec.EveryN(1, 10), Optional.empty(), Optional.of(5L), Optional.empty()));

  @Test
  void everyKindOfTriggerHasItsPolicy() {
    assertThat(SPECS.keySet())
        .containsExactlyInAnyOrder(TriggerSpec.class.getPermittedSubclasses());
    assertThat(SPECS.values().stream().map(TriggerPolicies::create).map(TriggerPolicy::type))
        .containsExactlyInAnyOrder("data-amount", "time", "never", "every-n", "always");
  }

  @Test
  void firesAfterAmountsWhereModynDoes() throws IOException {
    List<JsonNode> cases = golden("DataAmountTrigger.inform");
    assertThat(cases).isNotEmpty();
    for (JsonNode golden : cases) {
      long every = golden.at("/given/num_samples").asLong();
      List<long[]> chunks = new ArrayList<>();
      golden.at("/given/batch_lengths").forEach(length -> chunks.add(new long[length.asInt()]));

      assertThat(fired(new TriggerSpec.DataAmount(every), chunks))
          .as(golden.toString())
          .isEqualTo(expected(golden));
    }
  }

  @Test
  void closesWindowsOfTimeWhereModynDoes() throws IOException {
    List<JsonNode> cases = golden("TimeTrigger.inform");
    assertThat(cases).isNotEmpty();
    for (JsonNode golden : cases) {
      String every = golden.at("/given/every").asText();
      assertThat(every).matches("\\d+s");
      assertThat(golden.at("/given/start_timestamp").isNull()).isTrue();
      Duration seconds = Duration.parse("PT" + every.toUpperCase(Locale.ROOT));
      List<long[]> chunks = new ArrayList<>();
      for (JsonNode batch : golden.at("/given/batches_ts")) {
        chunks.add(stream(batch).mapToLong(time -> 1000 * time.asLong()).toArray());
      }

      assertThat(fired(new TriggerSpec.Time(seconds, Optional.empty()), chunks))
          .as(golden.toString())
          .isEqualTo(expected(golden));
    }
  }

  /** Index in its chunk of the sample before each boundary; -1: before the chunk. */
  private static List<List<Long>> fired(TriggerSpec trigger, List<long[]> chunks) {
    Timeline timeline = new Timeline(1, 0);
    TriggerLedger ledger =
        new TriggerLedger(trigger, new SelectionSpec.NewData(Optional.of(0), Optional.empty()));
    List<List<Long>> fired = new ArrayList<>();
    long offset = 0;
    for (long[] times : chunks) {
      long start = offset;
      offset += times.length;
      long end = times.length == 0 ? Long.MIN_VALUE : times[times.length - 1];
      timeline.add(SampleBlock.dense(0, start, times, end));
      Run run = timeline.releasable();
      List<Long> ofChunk = new ArrayList<>();
      ledger.advance(run, entry -> ofChunk.add(entry.boundary()[0] - 1 - start));
      timeline.release(run);
      fired.add(ofChunk);
    }
    return fired;
  }

  private static List<List<Long>> expected(JsonNode golden) {
    return stream(golden.get("expect"))
        .map(batch -> stream(batch).map(JsonNode::asLong).toList())
        .toList();
  }

  private static Stream<JsonNode> stream(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), /* parallel= */ false);
  }

  /** Cases of one kind; the test is skipped where the collection is not at hand. */
  private static List<JsonNode> golden(String kind) throws IOException {
    Path module = Path.of(System.getProperty("user.dir")).toAbsolutePath();
    Path file =
        Stream.iterate(module, Objects::nonNull, Path::getParent)
            .filter(folder -> Files.isDirectory(folder.resolve(".mvn")))
            .findFirst()
            .orElse(module)
            .resolveSibling("shared/golden/modyn_conformance.jsonl");
    assumeThat(file).as("golden cases").exists();
    ObjectMapper json = new ObjectMapper();
    List<JsonNode> cases = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      JsonNode golden = json.readTree(line);
      if (golden.path("kind").asText().equals(kind)) {
        cases.add(golden);
      }
    }
    return cases;
  }
}
