package dev.penstock.jobs.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.penstock.flink.OperatorUids;
import dev.penstock.jobs.io.KafkaStreams;
import dev.penstock.schemas.Decision;
import dev.penstock.schemas.Quarantined;
import dev.penstock.schemas.TrainingTask;
import dev.penstock.schemas.topic.Topics;
import java.nio.ByteBuffer;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.util.function.SerializableFunction;
import org.jspecify.annotations.Nullable;

/**
 * The outputs of continuous training as Kafka topics, written exactly once.
 *
 * @param streams makes the sinks
 * @param topics names the topics
 */
public record TrainingTopics(KafkaStreams streams, Topics topics) {

  /** One sink a topic. */
  public ContinuousTrainingPipeline.Sinks sinks() {
    return new ContinuousTrainingPipeline.Sinks(this::decisions, this::tasks, this::quarantined);
  }

  private void decisions(DataStream<Decision> decisions) {
    SerializableFunction<Decision, byte @Nullable []> key =
        decision -> decision.getPipeline().getBytes(UTF_8);
    decisions
        .sinkTo(streams.sink(Decision.class, topics.decisions(), key))
        .uid(OperatorUids.DECISION_SINK)
        .name("Ledger: " + topics.decisions())
        .setParallelism(1);
  }

  private void tasks(DataStream<TrainingTask> tasks) {
    SerializableFunction<TrainingTask, byte @Nullable []> key =
        task -> task.getPipeline().getBytes(UTF_8);
    tasks
        .sinkTo(streams.sink(TrainingTask.class, topics.trainingTasks(), key))
        .uid(OperatorUids.TASK_SINK)
        .name("Tasks: " + topics.trainingTasks());
  }

  private void quarantined(DataStream<Quarantined> quarantined) {
    quarantined
        .sinkTo(
            streams.sink(Quarantined.class, topics.quarantine(), record -> bytes(record.getKey())))
        .uid(OperatorUids.QUARANTINE_SINK)
        .name("Quarantine: " + topics.quarantine());
  }

  private static byte @Nullable [] bytes(@Nullable ByteBuffer buffer) {
    if (buffer == null) {
      return null;
    }
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }
}
