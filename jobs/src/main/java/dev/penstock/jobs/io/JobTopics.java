package dev.penstock.jobs.io;

import dev.penstock.schemas.topic.KafkaSettings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Looks at the sample log before a job starts, and makes the topics that it writes to. */
public final class JobTopics implements AutoCloseable {

  /** Penstock's topics are ledgers: nothing in them grows old. */
  private static final Map<String, String> CONFIG = Map.of("retention.ms", "-1");

  private final Admin admin;

  public JobTopics(KafkaSettings kafka) {
    this.admin = Admin.create(kafka.clientProperties());
  }

  /**
   * Number of partitions of a topic.
   *
   * @throws IllegalStateException if there is no such topic
   */
  public int partitions(String topic) throws InterruptedException {
    try {
      return admin.describeTopics(Set.of(topic)).allTopicNames().get().values().stream()
          .mapToInt(description -> description.partitions().size())
          .sum();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException) {
        throw new IllegalStateException(
            "topic "
                + topic
                + " must exist before the job starts; create it, or let `penstock produce` do it",
            e);
      }
      throw new IllegalStateException("Topic " + topic + " could not be described", e.getCause());
    }
  }

  /** Creates the topics that do not exist, with the broker's default replication. */
  public void create(int partitions, String... topics) throws InterruptedException {
    for (String topic : topics) {
      NewTopic wanted =
          new NewTopic(topic, Optional.of(partitions), Optional.empty()).configs(CONFIG);
      try {
        admin.createTopics(List.of(wanted)).all().get();
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof TopicExistsException)) {
          throw new IllegalStateException("Topic " + topic + " was not created", e.getCause());
        }
      }
    }
  }

  @Override
  public void close() {
    admin.close();
  }
}
