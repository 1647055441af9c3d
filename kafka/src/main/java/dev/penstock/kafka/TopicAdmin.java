package dev.penstock.kafka;

import dev.penstock.schemas.topic.KafkaSettings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Makes topics that can be written to at once. */
public final class TopicAdmin implements AutoCloseable {

  /** Penstock's topics are logs and ledgers: nothing in them grows old. */
  public static final Map<String, String> KEPT = Map.of("retention.ms", "-1");

  private static final int ATTEMPTS = 300;
  private static final long PAUSE_MILLIS = 100;

  private final Admin admin;

  /** Connects. */
  public TopicAdmin(KafkaSettings kafka) {
    this.admin = Admin.create(kafka.clientProperties());
  }

  /**
   * Number of partitions of a topic; empty: there is none of that name.
   *
   * @throws IllegalStateException if the topic could not be described
   */
  public Optional<Integer> partitions(String topic) throws InterruptedException {
    try {
      return Optional.of(describe(topic));
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException) {
        return Optional.empty();
      }
      throw new IllegalStateException("Topic " + topic + " could not be described", e.getCause());
    }
  }

  /**
   * Creates a topic, with the broker's default replication, if there is none of that name.
   *
   * @return number of partitions of the topic that is there now
   */
  public int ensure(String topic, int partitions) throws InterruptedException {
    try {
      create(topic, partitions, KEPT);
      return partitions;
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw notCreated(topic, e);
      }
    }
    try {
      return awaitLeaders(topic);
    } catch (ExecutionException e) {
      throw notCreated(topic, e);
    }
  }

  /**
   * Creates a topic.
   *
   * @throws IllegalStateException if it exists already, or the broker refuses
   */
  public void createNew(String topic, int partitions, Map<String, String> configs)
      throws InterruptedException {
    try {
      create(topic, partitions, configs);
    } catch (ExecutionException e) {
      throw notCreated(topic, e);
    }
  }

  /**
   * Ends of a topic's partitions, after records of transactions that are open, and of those that
   * are committed but not yet shown to readers of committed records.
   *
   * @throws RetriableException while the broker is away
   * @throws IllegalStateException if the topic could not be described
   */
  public Map<TopicPartition, Long> ends(String topic) throws InterruptedException {
    try {
      Map<TopicPartition, Long> ends = new HashMap<>();
      listEnds(topic, describe(topic))
          .forEach((partition, end) -> ends.put(partition, end.offset()));
      return ends;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RetriableException retriable) {
        throw retriable;
      }
      throw new IllegalStateException("Topic " + topic + " could not be described", e.getCause());
    }
  }

  /** Deletes a topic. */
  public void delete(String topic) throws InterruptedException {
    try {
      admin.deleteTopics(List.of(topic)).all().get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("Topic " + topic + " was not deleted", e.getCause());
    }
  }

  private void create(String topic, int partitions, Map<String, String> configs)
      throws ExecutionException, InterruptedException {
    NewTopic wanted =
        new NewTopic(topic, Optional.of(partitions), Optional.empty()).configs(configs);
    admin.createTopics(List.of(wanted)).all().get();
    awaitLeaders(topic);
  }

  /**
   * A producer with several requests in flight to a partition that the broker has not taken up yet
   * can lose the order of its first ones, and never recovers (KAFKA-15591).
   *
   * @return number of partitions
   */
  private int awaitLeaders(String topic) throws ExecutionException, InterruptedException {
    for (int attempt = 1; ; attempt++) {
      try {
        int partitions = describe(topic);
        var unused = listEnds(topic, partitions);
        return partitions;
      } catch (ExecutionException e) {
        // A broker may know less yet than the controller that has answered.
        if (!(e.getCause() instanceof RetriableException) || attempt == ATTEMPTS) {
          throw e;
        }
        TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
      }
    }
  }

  private Map<TopicPartition, ListOffsetsResultInfo> listEnds(String topic, int partitions)
      throws ExecutionException, InterruptedException {
    Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
    for (int partition = 0; partition < partitions; partition++) {
      ends.put(new TopicPartition(topic, partition), OffsetSpec.latest());
    }
    // The default isolation: of all that is written.
    return admin.listOffsets(ends).all().get();
  }

  private int describe(String topic) throws ExecutionException, InterruptedException {
    return admin.describeTopics(List.of(topic)).allTopicNames().get().values().stream()
        .mapToInt(description -> description.partitions().size())
        .sum();
  }

  private static IllegalStateException notCreated(String topic, ExecutionException e) {
    return new IllegalStateException("Topic " + topic + " was not created", e.getCause());
  }

  @Override
  public void close() {
    admin.close();
  }
}
