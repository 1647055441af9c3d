package dev.penstock.worker.supervisor;

import dev.penstock.schemas.topic.KafkaSettings;
import dev.penstock.schemas.topic.Topics;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.TopicExistsException;

/** Makes the topics of a worker, which may start before any job. */
public final class WorkerTopics {

  private static final int TASK_PARTITIONS = 8;

  private WorkerTopics() {}

  /** Creates the topics that do not exist, with the broker's default replication. */
  public static void create(KafkaSettings kafka, Topics topics) throws InterruptedException {
    try (Admin admin = Admin.create(kafka.clientProperties())) {
      create(admin, topics.trainingTasks(), TASK_PARTITIONS);
      create(admin, topics.modelVersions(), 1);
    }
  }

  private static void create(Admin admin, String topic, int partitions)
      throws InterruptedException {
    NewTopic wanted =
        new NewTopic(topic, Optional.of(partitions), Optional.empty())
            .configs(Map.of("retention.ms", "-1"));
    try {
      admin.createTopics(List.of(wanted)).all().get();
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw new IllegalStateException("Topic " + topic + " was not created", e.getCause());
      }
    }
  }
}
