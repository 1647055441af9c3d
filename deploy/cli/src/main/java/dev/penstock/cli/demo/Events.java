package dev.penstock.cli.demo;

import dev.penstock.schemas.Decision;
import dev.penstock.schemas.Evaluation;
import dev.penstock.schemas.ModelVersion;
import dev.penstock.schemas.serde.AvroCodec;
import dev.penstock.schemas.topic.KafkaSettings;
import dev.penstock.schemas.topic.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Follows what the jobs and workers write, on a thread of its own. */
final class Events implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(100);

  private final Listener listener;
  private final Topics topics;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Thread thread;
  private final AvroCodec<Decision> decisions = AvroCodec.of(Decision.class);
  private final AvroCodec<ModelVersion> versions = AvroCodec.of(ModelVersion.class);
  private final AvroCodec<Evaluation> evaluations = AvroCodec.of(Evaluation.class);

  /** Is told what happens, in the order in which it becomes visible. */
  interface Listener {

    void decision(Decision decision);

    void modelVersion(ModelVersion version);

    void evaluation(Evaluation evaluation);
  }

  /** Follows topics that exist. */
  Events(KafkaSettings kafka, Topics topics, Listener listener) {
    this.topics = topics;
    this.listener = listener;
    Map<String, Object> properties = kafka.clientProperties();
    properties.put("isolation.level", "read_committed");
    properties.put("enable.auto.commit", "false");
    consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    List<TopicPartition> partitions = new ArrayList<>();
    for (String topic : List.of(topics.decisions(), topics.modelVersions(), topics.evaluations())) {
      consumer
          .partitionsFor(topic)
          .forEach(info -> partitions.add(new TopicPartition(topic, info.partition())));
    }
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    thread = new Thread(this::follow, "events");
    thread.setDaemon(true);
    thread.start();
  }

  private void follow() {
    try (consumer) {
      while (true) {
        for (ConsumerRecord<byte[], byte[]> message : consumer.poll(POLL)) {
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
    } else if (message.topic().equals(topics.modelVersions())) {
      listener.modelVersion(versions.decode(message.value()));
    } else {
      listener.evaluation(evaluations.decode(message.value()));
    }
  }

  @Override
  public void close() {
    consumer.wakeup();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
