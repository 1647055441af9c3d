package dev.penstock.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.core.block.Feedback;
import dev.penstock.core.block.ModelInUse;
import dev.penstock.core.block.Observation;
import dev.penstock.core.block.SampleBlock;
import dev.penstock.core.sampling.SampleHash;
import dev.penstock.core.timeline.Restart;
import dev.penstock.core.timeline.Run;
import dev.penstock.core.timeline.Timeline;
import dev.penstock.core.trigger.Answer.Outcome;
import dev.penstock.core.trigger.TriggerContext;
import dev.penstock.schemas.spec.SpecReader;
import dev.penstock.schemas.spec.dataset.DatasetSpec;
import dev.penstock.schemas.spec.selection.SelectionSpec;
import dev.penstock.schemas.spec.trigger.TriggerSpec;
import java.io.DataInput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Policies that look at samples, over a log whose models come and whose features drift. */
final class WatchingPoliciesTest {

  private static final SelectionSpec RESET =
      new SelectionSpec.NewData(Optional.of(0), Optional.empty());
  private static final DatasetSpec DATASET =
      SpecReader.parseDataset(
              "test",
              """
              kind: dataset
              name: test
              payload: {type: tensor, dtype: float32, shape: [2]}
              label: {type: classes, names: [a, b]}
              """)
          .complete();

  @ParameterizedTest
  @MethodSource("types")
  void neitherArrivalNorRestartsMatter(String type) throws IOException {
    RandomLog log = new RandomLog(7, 3, 1000);
    TriggerSpec trigger = Triggers.read(type);
    List<LedgerEntry> expected = replay(log, trigger, 0);

    assertThat(expected).extracting(entry -> entry.answer().outcome()).contains(Outcome.FIRED);
    for (int seed = 1; seed < 8; seed++) {
      assertThat(texts(replay(log, trigger, seed))).isEqualTo(texts(expected));
    }
  }

  static Set<String> types() {
    return Triggers.EXAMPLES.keySet();
  }

  /** Of a seed but 0, blocks come in another order, and all state is written and read each time. */
  private static List<LedgerEntry> replay(RandomLog log, TriggerSpec trigger, long seed)
      throws IOException {
    Timeline timeline = new Timeline(log.partitions(), 0);
    TriggerLedger ledger = new TriggerLedger(trigger, RESET, context());
    List<LedgerEntry> entries = new ArrayList<>();
    for (SampleBlock block : log.arrival(new SplittableRandom(seed))) {
      timeline.add(observed(block));
      Run run = timeline.releasable();
      ledger.advance(run, entries::add);
      timeline.release(run);
      if (seed != 0) {
        DataInput states = Restart.of(timeline::write, ledger::write);
        timeline = Timeline.read(states, 0);
        ledger = new TriggerLedger(trigger, RESET, context());
        ledger.read(states);
      }
    }
    return entries;
  }

  private static TriggerContext context() {
    return new TriggerContext(DATASET, 0, 42, WatchingPoliciesTest::embed);
  }

  private static float[][] embed(ModelInUse model, List<byte[]> payloads) {
    return payloads.stream()
        .map(payload -> ByteBuffer.wrap(payload).order(ByteOrder.LITTLE_ENDIAN))
        .map(values -> new float[] {values.getFloat(0) * model.triggerNumber(), values.getFloat(4)})
        .toArray(float[][]::new);
  }

  private static SampleBlock observed(SampleBlock block) {
    Observation[] observations = new Observation[block.size()];
    for (int i = 0; i < observations.length; i++) {
      observations[i] = observation(block.partition(), block.offset(i), block.time(i));
    }
    return block.with(observations);
  }

  /** A new model every 40 ms, features that shift every 100, and models that get worse with age. */
  private static Observation observation(int partition, long offset, long time) {
    long hash = SampleHash.of(SampleHash.stream(1, partition), offset);
    float uniform = (float) ((hash >>> 11) * 0x1.0p-53);
    byte[] payload =
        ByteBuffer.allocate(8)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putFloat(uniform + Math.floorDiv(time, 100))
            .putFloat(1 - uniform)
            .array();
    long number = Math.max(0, time) / 40;
    int label = (int) (hash & 1);
    boolean wrong = uniform < 0.1 + 0.02 * (time % 40);
    return new Observation(label, payload, List.of(feedback(number, label, wrong)));
  }

  private static Feedback feedback(long number, int label, boolean wrong) {
    @Nullable ModelInUse model =
        number == 0 ? null : new ModelInUse("m-" + number, number, 100, 0.5);
    return model == null
        ? Feedback.unscored(0, null)
        : new Feedback(
            number, model, wrong ? 1 - label : label, wrong ? 1.5f : 0.2f, wrong ? 1 : 0);
  }

  private static List<String> texts(List<LedgerEntry> entries) {
    return entries.stream()
        .map(entry -> entry.number() + " " + entry.answer() + Arrays.toString(entry.boundary()))
        .toList();
  }
}
