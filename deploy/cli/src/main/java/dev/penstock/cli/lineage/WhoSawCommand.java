package dev.penstock.cli.lineage;

import dev.penstock.kafka.TopicReader;
import dev.penstock.kafka.registry.ModelRegistry;
import dev.penstock.schemas.ModelStatus;
import dev.penstock.schemas.ModelVersion;
import dev.penstock.schemas.TrainingTask;
import dev.penstock.schemas.serde.AvroCodec;
import dev.penstock.schemas.spec.SpecJson;
import dev.penstock.schemas.topic.KafkaOptions;
import dev.penstock.schemas.trainingset.SampleSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Names the models that were trained on a sample. */
@Command(
    name = "who-saw",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Names the models that were trained on a sample, which is given by its key, or its"
          + " place. For a key, the sample log is read once.",
      "Exit code 1: there is no such sample, or no model saw it."
    })
public final class WhoSawCommand implements Callable<Integer> {

  private static final Pattern PLACE = Pattern.compile("(\\d{1,9}):(\\d{1,18})");

  @Mixin private final KafkaOptions kafka = new KafkaOptions();
  @Mixin private final TrainingSetOptions artifacts = new TrainingSetOptions();

  @Parameters(
      index = "0",
      paramLabel = "KEY",
      description = "the sample's key, or PARTITION:OFFSET")
  @SuppressWarnings("FieldCanBeFinal") // set by the command line parser
  private String key = "";

  @Option(names = "--key", description = "KEY is a key even if it looks like a place")
  private boolean isKey;

  @Option(names = "--topic", description = "the sample log (default: those of all training tasks)")
  private Optional<String> topic = Optional.empty();

  /** A sample's place. */
  private record Place(int partition, long offset) {

    @Override
    public String toString() {
      return partition + ":" + offset;
    }
  }

  @Override
  public Integer call() throws InterruptedException {
    Map<String, String> topics = topicsOfTasks();
    Map<String, List<Place>> places = new HashMap<>();
    for (String log : new TreeSet<>(topics.values())) {
      if (topic.isEmpty() || topic.get().equals(log)) {
        places.put(log, places(log));
      }
    }
    if (places.values().stream().allMatch(List::isEmpty)) {
      System.err.printf("No sample with key %s in %s%n", key, places.keySet());
      return CommandLine.ExitCode.SOFTWARE;
    }
    places.forEach((log, found) -> System.err.printf("In %s at %s%n", log, found));
    int models = print(topics, places);
    if (models == 0) {
      System.err.println("No model was trained on it");
    }
    return models == 0 ? CommandLine.ExitCode.SOFTWARE : CommandLine.ExitCode.OK;
  }

  /** Sample logs by the ids of tasks. */
  private Map<String, String> topicsOfTasks() {
    Map<String, String> ofTasks = new HashMap<>();
    Map<String, String> ofDatasets = new HashMap<>();
    AvroCodec<TrainingTask> codec = AvroCodec.of(TrainingTask.class);
    try (TopicReader reader = new TopicReader(kafka.settings(), kafka.topics().trainingTasks())) {
      reader.readToEnd(
          message -> {
            TrainingTask task = codec.decode(message.value());
            ofTasks.put(
                task.getId(),
                ofDatasets.computeIfAbsent(
                    task.getDataset(), json -> SpecJson.readDataset(json).topic()));
          });
    }
    return ofTasks;
  }

  private List<Place> places(String log) throws InterruptedException {
    Matcher place = PLACE.matcher(key);
    if (!isKey && place.matches()) {
      return List.of(new Place(Integer.parseInt(place.group(1)), Long.parseLong(place.group(2))));
    }
    List<Place> places = new ArrayList<>();
    new SampleLog(kafka.settings(), log)
        .scan(
            sample -> {
              if (sample.key().equals(key)) {
                places.add(new Place(sample.partition(), sample.offset()));
              }
            });
    return places;
  }

  private int print(Map<String, String> topics, Map<String, List<Place>> places) {
    UsedSamples used = new UsedSamples(new ModelRegistry(kafka), artifacts.open());
    AvroCodec<ModelVersion> codec = AvroCodec.of(ModelVersion.class);
    int[] models = {0};
    try (TopicReader reader = new TopicReader(kafka.settings(), kafka.topics().modelVersions())) {
      reader.readToEnd(
          message -> {
            ModelVersion version = codec.decode(message.value());
            List<Place> candidates =
                places.getOrDefault(topics.getOrDefault(version.getId(), ""), List.of());
            if (version.getStatus() == ModelStatus.TRAINED && !candidates.isEmpty()) {
              SampleSet set = used.of(version);
              List<Place> seen =
                  candidates.stream()
                      .filter(place -> set.contains(place.partition, place.offset))
                      .toList();
              if (!seen.isEmpty()) {
                models[0]++;
                print(version, seen);
              }
            }
          });
    }
    return models[0];
  }

  private static void print(ModelVersion version, List<Place> seen) {
    System.out.printf(
        "%s  trigger %d  finished %s  saw %s%n",
        version.getId(),
        version.getTriggerNumber(),
        Instant.ofEpochMilli(version.getFinishedAt()),
        seen);
  }
}
