package dev.penstock.worker.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.schemas.TrainingSet;
import dev.penstock.schemas.TrainingTask;
import dev.penstock.worker.supervisor.TaskQueue.Entry;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

final class TaskQueueTest {

  private static final TopicPartition P0 = new TopicPartition("tasks", 0);
  private static final TopicPartition P1 = new TopicPartition("tasks", 1);

  private final TaskQueue queue = new TaskQueue();

  @Test
  void pipelinesTakeTurnsAlthoughOneHasManyTasksBeforeTheOthers() {
    for (int i = 0; i < 10; i++) {
      add(P0, i, "busy");
    }
    add(P0, 10, "a");
    add(P0, 11, "a");
    add(P1, 0, "b");

    assertThat(order(6)).containsExactly("a-10", "b-0", "busy-0", "a-11", "busy-1", "busy-2");
  }

  @Test
  void aPipelineHasOneTaskAtATime() {
    add(P0, 0, "a");
    add(P0, 1, "a");

    Entry first = queue.take().orElseThrow();

    assertThat(queue.take()).isEmpty();
    queue.done(first);
    assertThat(queue.take()).map(entry -> entry.task().getId()).contains("a-1");
  }

  @Test
  void theOffsetPassesOverWhatIsDoneWithoutAGap() {
    add(P0, 5, "a");
    add(P0, 7, "b");
    add(P0, 8, "c");
    Entry a = queue.take().orElseThrow();
    Entry b = queue.take().orElseThrow();
    Entry c = queue.take().orElseThrow();

    assertThat(queue.offsetWith(b)).isEqualTo(5);
    queue.done(b);
    assertThat(queue.offsetWith(a)).isEqualTo(8);
    queue.done(a);
    assertThat(queue.offsetWith(c)).isEqualTo(9);
    queue.done(c);
    assertThat(queue.size()).isZero();
  }

  @Test
  void aTaskThatIsGivenBackComesFirstAmongItsPipelines() {
    add(P0, 0, "a");
    add(P0, 1, "a");
    Entry first = queue.take().orElseThrow();

    queue.giveBack(first);

    assertThat(queue.take()).contains(first);
  }

  @Test
  void aPartitionIsFullByNumberAndByBytes() {
    for (int i = 0; i < TaskQueue.MAX_TASKS; i++) {
      assertThat(queue.isFull(P0)).isFalse();
      add(P0, i, "a");
    }
    assertThat(queue.isFull(P0)).isTrue();
    queue.add(P1, 0, (int) TaskQueue.MAX_BYTES, task("b", 0));
    assertThat(queue.isFull(P1)).isTrue();
    queue.forget(List.of(P0));
    assertThat(queue.isFull(P0)).isFalse();
    assertThat(queue.take()).map(entry -> entry.task().getId()).contains("b-0");
  }

  /** Ids in which tasks are worked off, one at a time. */
  private List<String> order(int count) {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Entry entry = queue.take().orElseThrow();
      ids.add(entry.task().getId());
      queue.done(entry);
    }
    return ids;
  }

  private void add(TopicPartition partition, long offset, String pipeline) {
    queue.add(partition, offset, 100, task(pipeline, offset));
  }

  private static TrainingTask task(String pipeline, long number) {
    return TrainingTask.newBuilder()
        .setId(pipeline + "-" + number)
        .setPipeline(pipeline)
        .setDecisionNumber(number)
        .setTriggerNumber(number)
        .setDataset("")
        .setTraining("")
        .setTrainingSet(new TrainingSet(List.of(), /* weights= */ null, 0L, ""))
        .setSliceTime(0)
        .setBoundary(List.of())
        .setSeed(0)
        .build();
  }
}
