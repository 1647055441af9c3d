package dev.penstock.flink;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;

/** Runs of an operator over a log whose partitions come in any order. */
public final class Replays {

  private Replays() {}

  /** Makes an operator that has not started. */
  @FunctionalInterface
  public interface Operator<I, O> {
    OneInputStreamOperatorTestHarness<I, O> create() throws Exception;
  }

  /**
   * What an operator makes of a log.
   *
   * @param log elements of each partition
   * @param seed of the order in which partitions take turns; but for 0, the operator is also
   *     replaced by one with its state at random moments
   */
  public static <I, O> List<O> run(List<List<I>> log, int seed, Operator<I, O> operator)
      throws Exception {
    SplittableRandom random = new SplittableRandom(seed);
    int[] next = new int[log.size()];
    int left = log.stream().mapToInt(List::size).sum();
    List<O> output = new ArrayList<>();
    var harness = operator.create();
    try {
      harness.open();
      while (left > 0) {
        int partition = random.nextInt(log.size());
        if (next[partition] == log.get(partition).size()) {
          continue;
        }
        harness.processElement(new StreamRecord<>(log.get(partition).get(next[partition]++)));
        left--;
        if (seed != 0 && random.nextInt(4) == 0) {
          harness.prepareSnapshotPreBarrier(left);
          OperatorSubtaskState state = harness.snapshot(left, left);
          output.addAll(harness.extractOutputValues());
          harness.close();
          harness = operator.create();
          harness.initializeState(state);
          harness.open();
        }
      }
      harness.endInput();
      output.addAll(harness.extractOutputValues());
      return output;
    } finally {
      harness.close();
    }
  }
}
