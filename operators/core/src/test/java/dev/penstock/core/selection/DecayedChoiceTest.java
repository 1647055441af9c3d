package dev.penstock.core.selection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.core.block.SampleBlock;
import dev.penstock.core.sampling.LowestKeys;
import dev.penstock.core.sampling.SampleHash;
import dev.penstock.core.selection.chunk.ChunksInMap;
import dev.penstock.core.selection.chunk.KeptSamples.Kept;
import dev.penstock.core.selection.chunk.PartitionMemory;
import dev.penstock.core.selection.plan.RecencyDecay;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The choice that looks at most samples' hashes alone is that by all samples' keys. */
final class DecayedChoiceTest {

  private static final int LENGTH = 400_000;
  private static final int ROUNDS = 4;

  /** Half-lives from one of many lengths of the log to a small part of it, at any epoch. */
  @ParameterizedTest
  @CsvSource({
    "1, 100000000, 0",
    "500, 400000, 0",
    "500, 20000, 1700000000000",
    "500, 1, 1700000000000",
    "20000, 100000, -40000000000",
    "500000, 100000, 0",
  })
  void isThatOfTheLowestKeys(int wanted, long halfLife, long epoch) {
    Map<String, ChunksInMap> chunks = new HashMap<>();
    PartitionMemory memory =
        new PartitionMemory(
            name -> chunks.computeIfAbsent(name, absent -> new ChunksInMap(new HashMap<>())), 0);
    RecencyDecay decay = new RecencyDecay(Duration.ofMillis(halfLife));
    long stream = SampleHash.stream(wanted, 3);
    LowestKeys expected = new LowestKeys(wanted);
    Kept kept = new Kept(new long[0], new long[0]);
    long[] times = times(epoch);
    for (int round = 0; round < ROUNDS; round++) {
      int from = LENGTH / ROUNDS * round;
      int to = from + LENGTH / ROUNDS;
      write(times, from, to, memory);
      for (int offset = from; offset < to; offset++) {
        if (isSample(offset)) {
          double key = decay.key(SampleHash.of(stream, offset), times[offset]);
          expected.add(LowestKeys.key(key), offset);
        }
      }

      DecayedChoice choice = new DecayedChoice(wanted, decay, stream, kept);
      choice.add(memory.times(), memory.holes(), from, to);
      kept = choice.lowest();

      assertThat(kept.offsets()).isEqualTo(expected.ids());
      assertThat(kept.keys()).hasSameSizeAs(kept.offsets());
    }
  }

  /** Slice times, which never fall. */
  private static long[] times(long epoch) {
    SplittableRandom random = new SplittableRandom(5);
    long[] times = new long[LENGTH];
    long time = epoch;
    for (int offset = 0; offset < LENGTH; offset++) {
      time += random.nextInt(1_000) == 0 ? random.nextInt(2_000) : 0;
      times[offset] = time;
    }
    return times;
  }

  private static boolean isSample(long offset) {
    return offset % 7 != 0;
  }

  private static void write(long[] times, int from, int to, PartitionMemory memory) {
    long[] offsets = LongStream.range(from, to).filter(DecayedChoiceTest::isSample).toArray();
    long[] own = Arrays.stream(offsets).map(offset -> times[Math.toIntExact(offset)]).toArray();
    SampleBlock block = SampleBlock.of(0, from, to, offsets, own, 0);
    memory.holes().addHoles(block, from);
    memory.times().add(block, Long.MIN_VALUE);
  }
}
