package dev.penstock.worker.supervisor;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.penstock.schemas.ModelVersion;
import dev.penstock.schemas.TrainingTask;
import dev.penstock.schemas.serde.AvroCodec;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes tasks one by one, and publishes each model version together with its task's offset in one
 * transaction: a task whose worker dies is given to another, and no task has two versions.
 *
 * <p>While a training lasts, be it for hours, the loop goes on polling with all partitions paused:
 * the group would take a worker that does not poll for dead.
 */
public final class TaskLoop implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(TaskLoop.class);
  private static final Duration POLL = Duration.ofMillis(100);
  private static final int SECOND = 1_000;

  private final WorkerSettings settings;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final KafkaProducer<byte[], byte[]> producer;
  private final ModelVersions versions;
  private final Trainings trainings;
  private final ExecutorService executor = Executors.newSingleThreadExecutor();
  private final AvroCodec<ModelVersion> versionCodec = AvroCodec.of(ModelVersion.class);
  private final AvroCodec<TrainingTask> taskCodec = AvroCodec.of(TrainingTask.class);
  private @Nullable Current current;
  private volatile boolean stopping;

  /** A task that is being trained. */
  private record Current(
      ConsumerRecord<byte[], byte[]> message, TrainingTask task, Future<ModelVersion> version) {}

  /** A worker that does not run yet. */
  public TaskLoop(WorkerSettings settings) {
    this.settings = settings;
    this.consumer = consumer();
    this.producer = producer();
    this.versions = new ModelVersions(settings.kafka(), settings.topics().modelVersions());
    this.trainings = new Trainings(settings);
  }

  /** Works until {@link #stop} is called from another thread. */
  public void run() throws InterruptedException {
    producer.initTransactions();
    consumer.subscribe(List.of(settings.topics().trainingTasks()), new Rebalance());
    LOG.info("Waiting for tasks in {}", settings.topics().trainingTasks());
    try {
      while (true) {
        for (ConsumerRecord<byte[], byte[]> message : consumer.poll(POLL)) {
          begin(message);
        }
        Current training = current;
        if (training != null && training.version.isDone()) {
          end(training);
        }
      }
    } catch (WakeupException e) {
      LOG.info("Stopping");
    }
  }

  /** Makes {@link #run} return soon. */
  public void stop() {
    stopping = true;
    consumer.wakeup();
  }

  private void begin(ConsumerRecord<byte[], byte[]> message) throws InterruptedException {
    TrainingTask task = taskCodec.decode(message.value());
    try {
      versions.catchUp();
    } catch (RetriableException e) {
      LOG.warn("Waiting for the broker to begin {}", task.getId(), e);
      consumer.seek(partition(message), message.offset());
      return;
    }
    if (versions.isDone(task)) {
      LOG.info("Task {} has a model version already", task.getId());
      consumer.commitSync(Map.of(partition(message), after(message)));
      return;
    }
    LOG.info("Training {}", task.getId());
    consumer.pause(consumer.assignment());
    Optional<ModelVersion> parent = versions.parentOf(task);
    Future<ModelVersion> version = executor.submit(() -> trainings.train(task, parent));
    current = new Current(message, task, version);
  }

  private void end(Current training) throws InterruptedException {
    ModelVersion version;
    try {
      version = training.version.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(
          "Task " + training.task.getId() + " could not be given to a training", e.getCause());
    }
    try {
      publish(training.message, version);
    } catch (ProducerFencedException | AuthorizationException e) {
      throw e;
    } catch (KafkaException e) {
      // The group is just being rebalanced, or the broker went away. After the next poll it is
      // known whether the task is still ours: if so, the version is published then.
      untilAnswered(producer::abortTransaction);
      LOG.warn("Version {} is not published yet", version.getId(), e);
      return;
    }
    current = null;
    LOG.info("Published {}: {}", version.getId(), version.getStatus());
    consumer.resume(consumer.assignment());
  }

  private void publish(ConsumerRecord<byte[], byte[]> message, ModelVersion version) {
    producer.beginTransaction();
    var unused =
        producer.send(
            new ProducerRecord<>(
                settings.topics().modelVersions(),
                version.getPipeline().getBytes(UTF_8),
                versionCodec.encode(version)));
    producer.sendOffsetsToTransaction(
        Map.of(partition(message), after(message)), consumer.groupMetadata());
    untilAnswered(producer::commitTransaction);
  }

  /** Ends a transaction, however long the broker is away: an end under way cannot be changed. */
  private void untilAnswered(Runnable end) {
    while (true) {
      try {
        end.run();
        return;
      } catch (TimeoutException e) {
        if (stopping) {
          throw e;
        }
        LOG.warn("The broker has not confirmed the end of a transaction yet", e);
      }
    }
  }

  /** A task whose partition is taken away is given up: its new owner starts it anew. */
  private final class Rebalance implements ConsumerRebalanceListener {

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      Current training = current;
      if (training != null && partitions.contains(partition(training.message))) {
        LOG.warn("Gave up {}: its partition was taken away", training.task.getId());
        training.version.cancel(/* mayInterruptIfRunning= */ true);
        trainings.abandon();
        current = null;
      }
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      if (current != null) {
        consumer.pause(partitions);
      } else {
        consumer.resume(consumer.assignment());
      }
    }
  }

  private KafkaConsumer<byte[], byte[]> consumer() {
    Map<String, Object> properties = settings.kafka().clientProperties();
    properties.put("group.id", settings.group());
    properties.put("client.id", settings.training().worker());
    properties.put("isolation.level", "read_committed");
    properties.put("auto.offset.reset", "earliest");
    properties.put("enable.auto.commit", "false");
    properties.put("max.poll.records", "1");
    properties.put("partition.assignment.strategy", CooperativeStickyAssignor.class.getName());
    return new KafkaConsumer<>(
        properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  private KafkaProducer<byte[], byte[]> producer() {
    Map<String, Object> properties = settings.kafka().clientProperties();
    properties.put("transactional.id", settings.group() + "-" + settings.training().worker());
    properties.put("transaction.timeout.ms", String.valueOf(60 * SECOND));
    return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
  }

  private static TopicPartition partition(ConsumerRecord<byte[], byte[]> message) {
    return new TopicPartition(message.topic(), message.partition());
  }

  private static OffsetAndMetadata after(ConsumerRecord<byte[], byte[]> message) {
    return new OffsetAndMetadata(message.offset() + 1);
  }

  /** Ends the training, leaves the group at once and closes all connections. */
  @Override
  public void close() {
    trainings.close();
    executor.shutdownNow();
    versions.close();
    try {
      producer.close(Duration.ofSeconds(5));
    } catch (KafkaException e) {
      LOG.warn("Producer did not close", e);
    }
    consumer.close();
  }
}
