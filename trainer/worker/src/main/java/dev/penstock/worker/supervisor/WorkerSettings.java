package dev.penstock.worker.supervisor;

import dev.penstock.schemas.topic.KafkaSettings;
import dev.penstock.schemas.topic.Topics;
import dev.penstock.worker.request.TrainingSettings;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/**
 * What a worker is told at its start.
 *
 * @param kafka how to reach Kafka
 * @param topics names of the topics
 * @param artifacts where training sets come from and models go
 * @param group consumer group: its workers share the tasks
 * @param devices one for each training that may run at the same time
 * @param memory heap of a training process, such as 2g
 * @param directory for temporary files
 * @param training for the training process
 */
public record WorkerSettings(
    KafkaSettings kafka,
    Topics topics,
    URI artifacts,
    String group,
    List<String> devices,
    String memory,
    Path directory,
    TrainingSettings training) {

  public WorkerSettings {
    devices = List.copyOf(devices);
  }
}
