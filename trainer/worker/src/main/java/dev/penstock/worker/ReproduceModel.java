package dev.penstock.worker;

import dev.penstock.kafka.registry.ModelRegistry;
import dev.penstock.models.ModelCard;
import dev.penstock.models.store.ModelStore;
import dev.penstock.schemas.ModelVersion;
import dev.penstock.schemas.TrainingTask;
import dev.penstock.schemas.artifact.ArtifactStore;
import dev.penstock.schemas.topic.KafkaOptions;
import dev.penstock.worker.request.TrainingRequest;
import dev.penstock.worker.request.TrainingSettings;
import dev.penstock.worker.supervisor.Reproduction;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.commons.io.FileUtils;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Trains a model version again from the sample log, and compares the weights bit for bit. */
@Command(
    name = "penstock reproduce",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Trains a model version again from the sample log, from the same parent, with the"
          + " same seed and as many threads, on the CPU, and compares training set and weights"
          + " bit for bit.",
      "Exit code 0: they are the same; 1: they differ; 2: it cannot be told."
    })
public final class ReproduceModel implements Callable<Integer> {

  private static final int DIFFERENT = 1;

  @Mixin private final KafkaOptions kafka = new KafkaOptions();

  @Parameters(index = "0", paramLabel = "MODEL", description = ModelRegistry.REFERENCE)
  @SuppressWarnings("FieldCanBeFinal") // set by the command line parser
  private String model = "";

  @Option(
      names = "--artifacts",
      required = true,
      paramLabel = "URI",
      description = "the worker's store; the model that is trained is put there too")
  private URI artifacts = URI.create("file:///");

  @Option(
      names = "--training-memory",
      defaultValue = "2g",
      paramLabel = "SIZE",
      description = "heap of the training process (default: ${DEFAULT-VALUE})")
  private String memory = "";

  @Option(
      names = "--fetchers",
      defaultValue = "2",
      description = "threads that read samples (default: ${DEFAULT-VALUE})")
  private int fetchers;

  public static void main(String[] args) {
    CommandLine line = new CommandLine(new ReproduceModel());
    line.setExecutionExceptionHandler(
        (exception, command, parsed) -> {
          command.getErr().println("reproduce: " + exception.getMessage());
          return CommandLine.ExitCode.USAGE;
        });
    System.exit(line.execute(KafkaOptions.normalize(args)));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    ModelRegistry registry = new ModelRegistry(kafka);
    ModelVersion version = registry.trained(model);
    Optional<ModelVersion> parent = Optional.ofNullable(version.getParent()).map(registry::version);
    TrainingTask task =
        TrainingTask.newBuilder(registry.task(version))
            // How it is stored does not matter to what it is.
            .setModelStorage("")
            .build();
    ModelStore store = new ModelStore(ArtifactStore.open(artifacts));
    ModelCard.Machine machine = ModelCard.machine(store.card(version));
    describe(version, task, machine);
    ModelVersion again = train(new Run(task, parent, machine.threads()));
    return compare(version, again, store);
  }

  private record Run(TrainingTask task, Optional<ModelVersion> parent, int threads) {}

  private ModelVersion train(Run run) throws IOException, InterruptedException {
    Path directory = Files.createTempDirectory("penstock-reproduce");
    try {
      return Reproduction.train(
          new TrainingRequest(
              run.task,
              run.parent,
              kafka.settings(),
              artifacts,
              new TrainingSettings("reproduce", "cpu", run.threads, fetchers)),
          memory,
          directory);
    } finally {
      FileUtils.deleteDirectory(directory.toFile());
    }
  }

  private static void describe(ModelVersion version, TrainingTask task, ModelCard.Machine machine) {
    System.out.printf(
        Locale.ROOT,
        "Model %s: from %s, seed %d, %d threads, %s, %s%n",
        version.getId(),
        version.getParent() == null ? "scratch" : version.getParent(),
        task.getSeed(),
        machine.threads(),
        machine.device(),
        machine.engine());
    if (!machine.device().equals("cpu")) {
      System.out.println("It was trained on another device than the CPU: expect other last digits");
    }
  }

  private static int compare(ModelVersion version, ModelVersion again, ModelStore store) {
    boolean sameSet = version.getTrainingSetDigest().equals(again.getTrainingSetDigest());
    System.out.printf(
        Locale.ROOT,
        "Training set: %,d samples, digest %s: %s%n",
        again.getTrainedSamples(),
        again.getTrainingSetDigest(),
        sameSet
            ? "the same"
            : String.format(
                Locale.ROOT,
                "different from %,d samples, digest %s",
                version.getTrainedSamples(),
                version.getTrainingSetDigest()));
    byte[] weights = store.safetensors(version);
    byte[] weightsAgain = store.safetensors(again);
    int mismatch = Arrays.mismatch(weights, weightsAgain);
    System.out.printf(
        Locale.ROOT,
        "Weights: %,d bytes: %s%n",
        weightsAgain.length,
        mismatch < 0 ? "the same bit for bit" : "different from byte " + mismatch + " on");
    return sameSet && mismatch < 0 ? CommandLine.ExitCode.OK : DIFFERENT;
  }
}
