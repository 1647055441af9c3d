package dev.penstock.core.timeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.core.block.SampleBlock;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The merge beside its definition: which samples may go, and in which order they do. */
final class TimelineTest {

  @Test
  void aPartitionWithoutRecordsHoldsEverythingBack() {
    Timeline timeline = new Timeline(2, 0);

    timeline.add(block(0, 0, 10, 20, 30));

    assertThat(released(timeline)).isEmpty();
    assertThat(timeline.pending()).isEqualTo(3);

    timeline.add(block(1, 0, 25));

    assertThat(released(timeline))
        .containsExactly(new Position(10, 0, 0), new Position(20, 0, 1), new Position(25, 1, 0));
    assertThat(timeline.pending()).isEqualTo(1);
  }

  @Test
  void samplesOfOneSliceTimeWaitForLowerPartitionsOnly() {
    Timeline timeline = new Timeline(3, 0);
    timeline.add(block(0, 0, 5));
    timeline.add(block(1, 0, 5));
    timeline.add(block(2, 0, 5));

    assertThat(released(timeline)).containsExactly(new Position(5, 0, 0));

    timeline.add(block(0, 1, 6));

    assertThat(released(timeline)).containsExactly(new Position(5, 1, 0));
  }

  @Test
  void aProgressMarkerReleasesWhatStandsBeforeIt() {
    Timeline timeline = new Timeline(2, 0);
    timeline.add(block(1, 0, 7, 8, 9));

    timeline.add(SampleBlock.marker(0, 0, 8));

    assertThat(released(timeline)).containsExactly(new Position(7, 1, 0));

    timeline.add(SampleBlock.marker(0, 1, 9));

    assertThat(released(timeline)).containsExactly(new Position(8, 1, 1));
  }

  @Test
  void releasesAfterEveryBlockExactlyWhatNoOtherPartitionCanPrecede() {
    for (int seed = 0; seed < 2000; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      Timeline timeline = new Timeline(1 + random.nextInt(8), 0);
      long[] frontiers = new long[timeline.partitions()];
      Arrays.fill(frontiers, Long.MIN_VALUE);
      long[] offsets = new long[timeline.partitions()];
      List<Position> read = new ArrayList<>();
      List<Position> released = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        SampleBlock block = randomBlock(random, timeline.partitions(), offsets, frontiers);
        timeline.add(block);
        long time = frontiers[block.partition()];
        for (int sample = 0; sample < block.size(); sample++) {
          time = Math.max(time, block.time(sample));
          read.add(new Position(time, block.partition(), block.offset(sample)));
        }
        frontiers[block.partition()] = Math.max(time, block.endTime());

        released.addAll(released(timeline));

        assertThat(released)
            .as("seed %d, block %d", seed, i)
            .isEqualTo(
                read.stream().filter(position -> mayGo(position, frontiers)).sorted().toList());
      }
    }
  }

  @Test
  void anIdlePartitionIsNotWaitedForUntilItHasABlock() {
    Timeline timeline = new Timeline(2, 0);
    timeline.add(block(0, 0, 10, 20));
    timeline.markIdle(1);

    assertThat(timeline.isIdle(1)).isTrue();
    assertThat(released(timeline)).hasSize(2);

    timeline.add(block(1, 0, 30));

    assertThat(timeline.isIdle(1)).isFalse();
    timeline.add(block(0, 2, 40));
    assertThat(released(timeline)).containsExactly(new Position(30, 1, 0));
  }

  @Test
  void lateSamplesOfAnIdlePartitionTakeTheTimeThatTheOthersReached() {
    Timeline timeline = new Timeline(3, 0);
    timeline.add(block(1, 0, 100));
    timeline.markIdle(0);
    timeline.markIdle(2);
    assertThat(released(timeline)).containsExactly(new Position(100, 1, 0));

    // Partition 0 stands before what has gone at 100, partition 2 after it.
    timeline.add(block(0, 0, 3, 4));
    timeline.add(block(2, 0, 3));
    timeline.add(block(1, 1, 200));

    assertThat(released(timeline)).containsExactly(new Position(100, 2, 0));
    timeline.add(SampleBlock.marker(2, 1, 300));
    timeline.add(SampleBlock.marker(0, 2, 300));
    assertThat(released(timeline))
        .containsExactly(new Position(101, 0, 0), new Position(101, 0, 1), new Position(200, 1, 1));
  }

  @Test
  void whenAllPartitionsAreIdleNothingIsKeptBack() {
    Timeline timeline = new Timeline(2, 0);
    timeline.add(block(0, 0, 10, 90));
    timeline.add(block(1, 0, 50));
    timeline.markIdle(0);
    timeline.markIdle(1);

    assertThat(released(timeline)).hasSize(3);
    assertThat(timeline.pending()).isZero();
  }

  @Test
  void neitherIdlePartitionsNorRestartsBreakTheOrder() throws IOException {
    for (int seed = 0; seed < 2000; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      Timeline timeline = new Timeline(1 + random.nextInt(8), 0);
      long[] offsets = new long[timeline.partitions()];
      long[] times = new long[timeline.partitions()];
      List<Position> released = new ArrayList<>();
      int samples = 0;
      for (int i = 0; i < 60; i++) {
        if (random.nextInt(4) == 0) {
          timeline.markIdle(random.nextInt(timeline.partitions()));
        } else {
          SampleBlock block = randomBlock(random, timeline.partitions(), offsets, times);
          samples += block.size();
          times[block.partition()] = Math.max(times[block.partition()], block.endTime());
          timeline.add(block);
        }
        released.addAll(released(timeline));
        timeline =
            random.nextInt(3) == 0 ? Timeline.read(Restart.of(timeline::write), 0) : timeline;
      }
      for (int partition = 0; partition < timeline.partitions(); partition++) {
        timeline.markIdle(partition);
      }
      released.addAll(released(timeline));

      assertThat(released).as("seed %d", seed).hasSize(samples).isSorted();
    }
  }

  @Test
  void keepsAsManyReleasedSamplesAsAskedFor() throws IOException {
    int keep = 100_000;
    Timeline timeline = new Timeline(2, keep);
    for (int i = 0; i < 100; i++) {
      long[] column = new long[5_000];
      for (int sample = 0; sample < column.length; sample++) {
        column[sample] = i * 5_000L + sample;
      }
      timeline.add(SampleBlock.dense(0, column[0], column, -1));
      timeline.add(SampleBlock.dense(1, column[0], column, -1));
      timeline.release(timeline.releasable());
      timeline = i % 10 == 0 ? Timeline.read(Restart.of(timeline::write), keep) : timeline;
    }
    timeline.add(SampleBlock.marker(0, 500_000, 500_000));
    timeline.add(SampleBlock.marker(1, 500_000, 500_000));
    timeline.release(timeline.releasable());

    Run last = timeline.releasable().last(keep);

    assertThat(last.size()).isEqualTo(keep);
    assertThat(last.boundary()).containsExactly(450_000, 450_000);
    // What is kept beyond that is bounded, too.
    Run next = timeline.releasable();
    assertThatThrownBy(() -> next.last(200_000))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("got 200000");
  }

  /** By definition: no other partition can still bring a sample that stands before this one. */
  private static boolean mayGo(Position position, long[] frontiers) {
    for (int other = 0; other < frontiers.length; other++) {
      boolean passed =
          frontiers[other] > position.time()
              || (frontiers[other] == position.time() && other > position.partition());
      if (other != position.partition() && !passed) {
        return false;
      }
    }
    return true;
  }

  /** Up to five samples, whose event times may step back, or a marker only; holes in offsets. */
  private static SampleBlock randomBlock(
      SplittableRandom random, int partitions, long[] nextOffsets, long[] frontiers) {
    int partition = random.nextInt(partitions);
    long frontier = Math.max(0, frontiers[partition]);
    long start = nextOffsets[partition] + random.nextInt(2);
    int size = random.nextInt(6);
    long[] offsets = new long[size];
    long[] times = new long[size];
    long offset = start;
    long time = Math.max(0, frontier - random.nextInt(4));
    for (int i = 0; i < size; i++) {
      offset += random.nextInt(2);
      time += random.nextInt(3);
      offsets[i] = offset++;
      times[i] = time;
    }
    long endTime = random.nextBoolean() ? Long.MIN_VALUE : time + random.nextInt(4);
    nextOffsets[partition] = offset + 1;
    return SampleBlock.of(partition, start, offset + 1, offsets, times, endTime);
  }

  private static SampleBlock block(int partition, long offset, long... times) {
    return SampleBlock.dense(partition, offset, times, times[times.length - 1]);
  }

  /** What can be released, sample by sample: the boundary tells which one each was. */
  private static List<Position> released(Timeline timeline) {
    Run all = timeline.releasable();
    List<Position> released = new ArrayList<>();
    Run rest = all;
    while (rest.size() > 0) {
      Run next = rest.skip(1);
      long[] before = rest.boundary();
      long[] after = next.boundary();
      int partition = Arrays.mismatch(before, after);
      released.add(new Position(rest.firstTime(), partition, after[partition] - 1));
      rest = next;
    }
    timeline.release(all);
    return released;
  }
}
