package dev.penstock.cli.replay.results;

import dev.penstock.kafka.TopicReader;
import dev.penstock.schemas.Decision;
import dev.penstock.schemas.Evaluation;
import dev.penstock.schemas.ModelVersion;
import dev.penstock.schemas.TrainingTask;
import dev.penstock.schemas.serde.AvroCodec;
import dev.penstock.schemas.topic.KafkaSettings;
import dev.penstock.schemas.topic.Topics;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecordBase;

/** Writes what jobs and workers have written to Kafka to the files of a run. */
public final class Results implements AutoCloseable {

  private final KafkaSettings kafka;
  private final Map<String, PipelineFiles> files = new LinkedHashMap<>();

  private Results(KafkaSettings kafka) {
    this.kafka = kafka;
  }

  /** Writes the files of all pipelines. */
  public static Results write(
      KafkaSettings kafka, Topics topics, RunFolder folder, List<String> pipelines)
      throws IOException {
    Results results = new Results(kafka);
    for (String pipeline : pipelines) {
      results.files.put(pipeline, new PipelineFiles(folder, pipeline));
    }
    results.read(topics.decisions(), Decision.class, Decision::getPipeline, PipelineFiles::add);
    results.read(
        topics.trainingTasks(), TrainingTask.class, TrainingTask::getPipeline, PipelineFiles::add);
    results.read(
        topics.modelVersions(), ModelVersion.class, ModelVersion::getPipeline, PipelineFiles::add);
    results.read(
        topics.evaluations(), Evaluation.class, Evaluation::getPipeline, PipelineFiles::add);
    return results;
  }

  private <T extends SpecificRecordBase> void read(
      String topic, Class<T> type, Function<T, String> pipeline, BiConsumer<PipelineFiles, T> add) {
    AvroCodec<T> codec = AvroCodec.of(type);
    try (TopicReader reader = new TopicReader(kafka, topic)) {
      reader.readToEnd(
          message -> {
            T value = codec.decode(message.value());
            add.accept(files.get(pipeline.apply(value)), value);
          });
    }
  }

  /** What became of the pipelines. */
  public List<PipelineResult> pipelines(Incorporation incorporation) {
    List<PipelineResult> results = new ArrayList<>();
    files.values().forEach(each -> results.add(each.result(incorporation)));
    return results;
  }

  /** How long each pipeline's trainings took together. */
  public Map<String, Double> trainingSeconds() {
    Map<String, Double> seconds = new TreeMap<>();
    files.forEach((pipeline, each) -> seconds.put(pipeline, each.trainingSeconds()));
    return seconds;
  }

  @Override
  public void close() throws IOException {
    for (PipelineFiles each : files.values()) {
      each.close();
    }
  }
}
