package dev.penstock.cli.replay;

import dev.penstock.kafka.TopicReader;
import dev.penstock.schemas.Decision;
import dev.penstock.schemas.ModelVersion;
import dev.penstock.schemas.serde.AvroCodec;
import dev.penstock.schemas.topic.KafkaSettings;
import dev.penstock.schemas.topic.Topics;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Waits for decisions and for the model versions that come of them.
 *
 * <p>Decisions are read before their checkpoint has committed them: one that is aborted comes
 * again, the same. So only those that fire cost a checkpoint, through their model version.
 */
public final class LedgerReader implements AutoCloseable {

  private final TopicReader decisionReader;
  private final TopicReader versionReader;
  private final AvroCodec<Decision> decisionCodec = AvroCodec.of(Decision.class);
  private final AvroCodec<ModelVersion> versionCodec = AvroCodec.of(ModelVersion.class);
  private final Runnable check;
  private final Map<String, Deque<Decision>> decisions = new HashMap<>();
  private final Map<String, Long> read = new HashMap<>();
  private final Set<String> versions = new HashSet<>();

  /**
   * A reader of topics that exist.
   *
   * @param check called while waiting: throws if the wait is in vain
   */
  public LedgerReader(KafkaSettings kafka, Topics topics, Runnable check) {
    this.decisionReader = TopicReader.uncommitted(kafka, topics.decisions());
    this.versionReader = new TopicReader(kafka, topics.modelVersions());
    this.check = check;
  }

  /** The pipeline's decision after the one that was asked for before. */
  Decision next(String pipeline) {
    Deque<Decision> queue = decisions.computeIfAbsent(pipeline, name -> new ArrayDeque<>());
    while (true) {
      @Nullable Decision next = queue.poll();
      if (next != null) {
        return next;
      }
      check.run();
      decisionReader.poll().forEach(message -> add(decisionCodec.decode(message.value())));
    }
  }

  private void add(Decision decision) {
    long last = read.getOrDefault(decision.getPipeline(), 0L);
    if (decision.getNumber() > last) {
      read.put(decision.getPipeline(), decision.getNumber());
      decisions.computeIfAbsent(decision.getPipeline(), name -> new ArrayDeque<>()).add(decision);
    }
  }

  /** Waits until the task has a model version, be it a failed one. */
  void awaitVersion(String task) {
    while (!versions.remove(task)) {
      check.run();
      versionReader
          .poll()
          .forEach(message -> versions.add(versionCodec.decode(message.value()).getId()));
    }
  }

  @Override
  public void close() {
    decisionReader.close();
    versionReader.close();
  }
}
