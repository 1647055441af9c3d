package dev.penstock.worker.supervisor;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.penstock.schemas.ModelVersion;
import dev.penstock.schemas.TrainingTask;
import dev.penstock.schemas.serde.AvroCodec;
import dev.penstock.worker.supervisor.TaskQueue.Entry;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.CommitFailedException;
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
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives tasks to the slots of this worker, and publishes each model version together with its
 * partition's offset in one transaction: a task whose worker dies is given to another, and no task
 * has two versions.
 *
 * <p>While trainings last, be it for hours, the loop goes on polling, with those partitions paused
 * of which enough tasks wait here: the group would take a worker that does not poll for dead.
 */
public final class TaskLoop implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(TaskLoop.class);
  private static final Duration POLL = Duration.ofMillis(100);
  private static final int SECOND = 1_000;

  private final WorkerSettings settings;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final KafkaProducer<byte[], byte[]> producer;
  private final ModelVersions versions;
  private final TaskQueue queue = new TaskQueue();
  private final Slots slots;
  private final AvroCodec<ModelVersion> versionCodec = AvroCodec.of(ModelVersion.class);
  private final AvroCodec<TrainingTask> taskCodec = AvroCodec.of(TrainingTask.class);
  private volatile boolean stopping;

  /** A worker that does not run yet. */
  public TaskLoop(WorkerSettings settings) {
    this.settings = settings;
    this.consumer = consumer();
    this.producer = producer();
    this.versions = new ModelVersions(settings.kafka(), settings.topics().modelVersions());
    this.slots = new Slots(settings);
  }

  /** Works until {@link #stop} is called from another thread. */
  public void run() throws InterruptedException {
    producer.initTransactions();
    consumer.subscribe(List.of(settings.topics().trainingTasks()), new Rebalance());
    LOG.info("Waiting for tasks in {}", settings.topics().trainingTasks());
    try {
      while (true) {
        for (ConsumerRecord<byte[], byte[]> message : consumer.poll(POLL)) {
          queue.add(
              new TopicPartition(message.topic(), message.partition()),
              message.offset(),
              message.serializedValueSize(),
              taskCodec.decode(message.value()));
        }
        for (Slots.Ended ended : slots.ended()) {
          end(ended);
        }
        beginAll();
        holdBack();
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

  private void beginAll() throws InterruptedException {
    while (slots.isFree()) {
      Optional<Entry> next = queue.take();
      if (next.isEmpty() || !begin(next.get())) {
        return;
      }
    }
  }

  /** Begins a task; false: the broker is away, or the group is just being rebalanced. */
  private boolean begin(Entry entry) throws InterruptedException {
    TrainingTask task = entry.task();
    try {
      versions.catchUp();
      if (versions.isDone(task)) {
        LOG.info("Task {} has a model version already", task.getId());
        consumer.commitSync(offsets(entry));
        queue.done(entry);
        return true;
      }
    } catch (RetriableException | RebalanceInProgressException | CommitFailedException e) {
      LOG.warn("Waiting for the broker to begin {}", task.getId(), e);
      queue.giveBack(entry);
      return false;
    }
    slots.begin(entry, versions.parentOf(task));
    return true;
  }

  private void end(Slots.Ended ended) throws InterruptedException {
    ModelVersion version = ended.version();
    try {
      publish(ended.entry(), version);
    } catch (ProducerFencedException | AuthorizationException e) {
      throw e;
    } catch (KafkaException e) {
      // The group is just being rebalanced, or the broker went away. After the next poll it is
      // known whether the task is still ours: if so, the version is published then.
      untilAnswered(producer::abortTransaction);
      LOG.warn("Version {} is not published yet", version.getId(), e);
      return;
    }
    queue.done(ended.entry());
    slots.free(ended);
    LOG.info(
        "Published {}: {}; {} tasks here, {} of {} slots busy",
        version.getId(),
        version.getStatus(),
        queue.size(),
        slots.busy(),
        settings.devices().size());
  }

  private void publish(Entry entry, ModelVersion version) {
    producer.beginTransaction();
    var unused =
        producer.send(
            new ProducerRecord<>(
                settings.topics().modelVersions(),
                version.getPipeline().getBytes(UTF_8),
                versionCodec.encode(version)));
    producer.sendOffsetsToTransaction(offsets(entry), consumer.groupMetadata());
    untilAnswered(producer::commitTransaction);
  }

  private Map<TopicPartition, OffsetAndMetadata> offsets(Entry done) {
    return Map.of(done.partition(), new OffsetAndMetadata(queue.offsetWith(done)));
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

  /** Fetches no more of the partitions of which enough tasks wait here. */
  private void holdBack() {
    Set<TopicPartition> full =
        consumer.assignment().stream().filter(queue::isFull).collect(Collectors.toSet());
    consumer.pause(full);
    consumer.resume(
        consumer.paused().stream().filter(partition -> !full.contains(partition)).toList());
  }

  /** Tasks whose partition is taken away are given up: its new owner starts them anew. */
  private final class Rebalance implements ConsumerRebalanceListener {

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      slots.abandon(partitions);
      queue.forget(partitions);
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      LOG.info(
          "Has {} partitions, {} of them new", consumer.assignment().size(), partitions.size());
    }
  }

  private KafkaConsumer<byte[], byte[]> consumer() {
    Map<String, Object> properties = settings.kafka().clientProperties();
    properties.put("group.id", settings.group());
    properties.put("client.id", settings.training().worker());
    properties.put("isolation.level", "read_committed");
    properties.put("auto.offset.reset", "earliest");
    properties.put("enable.auto.commit", "false");
    // The queue is asked after each whether it wants more.
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

  /** Ends the trainings, leaves the group at once and closes all connections. */
  @Override
  public void close() {
    slots.close();
    versions.close();
    try {
      producer.close(Duration.ofSeconds(5));
    } catch (KafkaException e) {
      LOG.warn("Producer did not close", e);
    }
    consumer.close();
  }
}
