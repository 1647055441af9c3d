package dev.penstock.worker.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.penstock.schemas.trainingset.SampleSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class PartsTest {

  @Test
  void everySampleIsInOnePartAndPartsDouble() {
    for (int partitions : new int[] {1, 3, 8, 40}) {
      SampleSet set = set(partitions, 6_400);
      Parts parts = Parts.drawn(set, 1);

      int[] all =
          IntStream.range(0, parts.count())
              .mapToObj(parts::indexes)
              .flatMapToInt(Arrays::stream)
              .sorted()
              .toArray();
      assertThat(all).isEqualTo(IntStream.range(0, (int) set.size()).toArray());
      assertThat(IntStream.range(0, parts.count()).map(part -> parts.indexes(part).length))
          .containsExactly(
              200 * partitions,
              200 * partitions,
              400 * partitions,
              800 * partitions,
              1_600 * partitions,
              3_200 * partitions);
      IntStream.range(0, parts.count()).forEach(part -> assertThat(parts.indexes(part)).isSorted());
    }
  }

  @Test
  void blocksSayWhereTheirSamplesAre() {
    SampleSet set = set(2, 1_000);
    List<Long> offsets = new ArrayList<>();
    for (int partition : set.partitions()) {
      set.offsets(partition).forEachRemaining((long offset) -> offsets.add(offset));
    }
    for (Parts parts : List.of(Parts.one(set), Parts.drawn(set, 1))) {
      for (List<Block> blocks : parts.partitions()) {
        for (Block block : blocks) {
          int last = block.firstIndex() + block.samples() - 1;
          assertThat(block.from()).isEqualTo(offsets.get(block.firstIndex()));
          assertThat(block.to()).isEqualTo(offsets.get(last) + 1);
        }
      }
    }
  }

  @Test
  void whatIsInAPartFollowsFromTheSeed() {
    SampleSet set = set(3, 640);

    assertThat(Parts.drawn(set, 1).indexes(0)).isEqualTo(Parts.drawn(set, 1).indexes(0));
    assertThat(Parts.drawn(set, 1).indexes(0)).isNotEqualTo(Parts.drawn(set, 2).indexes(0));
  }

  /** Over many seeds, samples of all places of the log are equally often in a part. */
  @Test
  void everySampleIsInAPartWithTheSameProbability() {
    SampleSet set = set(1, 512);
    int seeds = 4_000;
    for (int part : new int[] {0, 1, 4, 5}) {
      int[] drawn = new int[512];
      for (int seed = 0; seed < seeds; seed++) {
        for (int index : Parts.drawn(set, seed).indexes(part)) {
          drawn[index]++;
        }
      }
      double share = Math.pow(2, Math.min(-1, part == 0 ? -5 : part - 6));
      // Each is drawn by a binomial law: within five standard deviations.
      int bound = (int) Math.ceil(5 * Math.sqrt(seeds * share * (1 - share)));
      for (int times : drawn) {
        assertThat(times).isCloseTo((int) (seeds * share), within(bound));
      }
    }
  }

  /** So that a part of a log that drifts is like another; the first ones are 8 blocks. */
  @Test
  void partsHaveSamplesOfAllTimes() {
    for (int partitions : new int[] {1, 4, 8}) {
      int samples = 25_600 / partitions;
      SampleSet set = set(partitions, samples);
      Parts parts = Parts.drawn(set, 5);
      for (int part = 3; part < parts.count(); part++) {
        int[] eighths = new int[8];
        for (int index : parts.indexes(part)) {
          eighths[index % samples * 8 / samples]++;
        }
        int expected = parts.indexes(part).length / 8;
        for (int count : eighths) {
          assertThat(count).isBetween(expected / 2, expected * 2);
        }
      }
    }
  }

  @Test
  void fewSamplesLeaveSomePartsEmpty() {
    Parts parts = Parts.drawn(set(1, 5), 1);

    assertThat(IntStream.range(0, parts.count()).map(part -> parts.indexes(part).length).sum())
        .isEqualTo(5);
  }

  /** Every third offset from 7 on. */
  private static SampleSet set(int partitions, int samples) {
    SampleSet.Builder set = SampleSet.builder();
    for (int partition = 0; partition < partitions; partition++) {
      for (int i = 0; i < samples; i++) {
        set.add(2 * partition, 7 + 3L * i);
      }
    }
    return set.build();
  }
}
