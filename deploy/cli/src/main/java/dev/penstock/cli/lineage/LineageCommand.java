package dev.penstock.cli.lineage;

import dev.penstock.kafka.registry.ModelRegistry;
import dev.penstock.schemas.ModelVersion;
import dev.penstock.schemas.spec.SpecJson;
import dev.penstock.schemas.topic.KafkaOptions;
import dev.penstock.schemas.trainingset.SampleSet;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.PrimitiveIterator;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Tells which samples a model was trained on. */
@Command(
    name = "lineage",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Tells which samples a model was really trained on, also after downsampling, and"
            + " exports them. Exit code 1: there is no such model, or its set does not have its"
            + " digest.")
public final class LineageCommand implements Callable<Integer> {

  @Mixin private final KafkaOptions kafka = new KafkaOptions();
  @Mixin private final TrainingSetOptions artifacts = new TrainingSetOptions();

  @Parameters(index = "0", paramLabel = "MODEL", description = ModelRegistry.REFERENCE)
  @SuppressWarnings("FieldCanBeFinal") // set by the command line parser
  private String model = "";

  @Option(
      names = "--export",
      description = "every sample, by partition and offset: ${COMPLETION-CANDIDATES}")
  private Optional<Format> export = Optional.empty();

  @Option(
      names = "--keys",
      description = "with each sample's key and time, which are read from the log, in its order")
  private boolean keys;

  /** Forms of an export. */
  enum Format {
    CSV,
    JSON
  }

  @Override
  public Integer call() throws InterruptedException {
    ModelRegistry registry = new ModelRegistry(kafka);
    ModelVersion version = registry.trained(model);
    SampleSet set = new UsedSamples(registry, artifacts.open()).of(version);
    if (!set.digest().equals(version.getTrainingSetDigest())) {
      throw new IllegalStateException(
          "digest of the training set must be "
              + version.getTrainingSetDigest()
              + ", got "
              + set.digest());
    }
    if (export.isPresent()) {
      export(version, set, export.get());
    } else {
      summarize(version, set);
    }
    return CommandLine.ExitCode.OK;
  }

  private static void summarize(ModelVersion version, SampleSet set) {
    System.out.printf(
        Locale.ROOT,
        "Model %s of pipeline %s, trigger %d: trained on %,d samples%n",
        version.getId(),
        version.getPipeline(),
        version.getTriggerNumber(),
        set.size());
    System.out.printf("Digest %s, as the version says%n", set.digest());
    System.out.println(set.weights().map(LineageCommand::weights).orElse("All samples count 1"));
    System.out.printf("%9s  %12s  %14s  %14s%n", "partition", "samples", "first", "last");
    for (int partition : set.partitions()) {
      System.out.printf(
          Locale.ROOT,
          "%9d  %,12d  %14d  %14d%n",
          partition,
          set.size(partition),
          set.first(partition),
          set.last(partition));
    }
  }

  private static String weights(float[] weights) {
    float least = Float.POSITIVE_INFINITY;
    float most = 0;
    for (float weight : weights) {
      least = Math.min(least, weight);
      most = Math.max(most, weight);
    }
    return String.format(Locale.ROOT, "Samples count from %.4g to %.4g", least, most);
  }

  private void export(ModelVersion version, SampleSet set, Format format)
      throws InterruptedException {
    PrintWriter out =
        new PrintWriter(
            new BufferedWriter(new OutputStreamWriter(System.out, StandardCharsets.UTF_8)));
    SampleLines lines = new SampleLines(out, format, keys);
    lines.head();
    if (keys) {
      String topic =
          SpecJson.readDataset(new ModelRegistry(kafka).task(version).getDataset()).topic();
      WeightedSamples samples = new WeightedSamples(set);
      new SampleLog(kafka.settings(), topic)
          .scan(
              sample -> {
                if (set.contains(sample.partition(), sample.offset())) {
                  lines.line(sample, samples.weight(sample.partition(), sample.offset()));
                }
              });
    } else {
      places(set, lines);
    }
    // This also writes what is still in the buffer.
    if (out.checkError()) {
      throw new IllegalStateException(
          "Samples could not be written", new IOException("standard output is closed"));
    }
  }

  private static void places(SampleSet set, SampleLines lines) {
    int index = 0;
    float[] weights = set.weights().orElse(new float[0]);
    for (int partition : set.partitions()) {
      PrimitiveIterator.OfLong offsets = set.offsets(partition);
      while (offsets.hasNext()) {
        float weight = weights.length == 0 ? 1 : weights[index++];
        lines.line(partition, offsets.nextLong(), weight);
      }
    }
  }
}
