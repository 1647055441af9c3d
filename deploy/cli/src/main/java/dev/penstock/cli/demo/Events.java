package dev.penstock.cli.demo;

import dev.penstock.kafka.TopicReader;
import dev.penstock.schemas.Decision;
import dev.penstock.schemas.Evaluation;
import dev.penstock.schemas.ModelVersion;
import dev.penstock.schemas.TrainingTask;
import dev.penstock.schemas.serde.AvroCodec;
import dev.penstock.schemas.topic.KafkaSettings;
import dev.penstock.schemas.topic.Topics;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.WakeupException;

/** Follows what the jobs and workers write, on a thread of its own. */
final class Events implements AutoCloseable {

  private final Listener listener;
  private final Topics topics;
  private final TopicReader reader;
  private final Thread thread;
  private final AvroCodec<Decision> decisions = AvroCodec.of(Decision.class);
  private final AvroCodec<TrainingTask> tasks = AvroCodec.of(TrainingTask.class);
  private final AvroCodec<ModelVersion> versions = AvroCodec.of(ModelVersion.class);
  private final AvroCodec<Evaluation> evaluations = AvroCodec.of(Evaluation.class);

  /** Is told what happens, in the order in which it becomes visible. */
  interface Listener {

    void decision(Decision decision);

    void task(TrainingTask task);

    void modelVersion(ModelVersion version);

    void evaluation(Evaluation evaluation);
  }

  /** Follows topics that exist. */
  Events(KafkaSettings kafka, Topics topics, Listener listener) {
    this.topics = topics;
    this.listener = listener;
    reader =
        new TopicReader(
            kafka,
            topics.decisions(),
            topics.trainingTasks(),
            topics.modelVersions(),
            topics.evaluations());
    thread = new Thread(this::follow, "events");
    thread.setDaemon(true);
    thread.start();
  }

  private void follow() {
    try (reader) {
      while (true) {
        for (ConsumerRecord<byte[], byte[]> message : reader.poll()) {
          tell(message);
        }
      }
    } catch (WakeupException e) {
      // Closed.
    }
  }

  private void tell(ConsumerRecord<byte[], byte[]> message) {
    if (message.topic().equals(topics.decisions())) {
      listener.decision(decisions.decode(message.value()));
    } else if (message.topic().equals(topics.trainingTasks())) {
      listener.task(tasks.decode(message.value()));
    } else if (message.topic().equals(topics.modelVersions())) {
      listener.modelVersion(versions.decode(message.value()));
    } else {
      listener.evaluation(evaluations.decode(message.value()));
    }
  }

  @Override
  public void close() {
    reader.wakeup();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
