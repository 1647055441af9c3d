package dev.penstock.worker;

import dev.penstock.kafka.TopicAdmin;
import dev.penstock.schemas.topic.KafkaOptions;
import dev.penstock.worker.request.Devices;
import dev.penstock.worker.request.TrainingSettings;
import dev.penstock.worker.supervisor.TaskLoop;
import dev.penstock.worker.supervisor.WorkerSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.apache.commons.io.FileUtils;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Trains the tasks of all pipelines, in order per pipeline, and publishes model versions. */
@Command(
    name = "penstock worker",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Trains tasks and publishes model versions, until it is told to end.")
public final class TrainerWorker implements Callable<Integer> {

  private static final int TASK_PARTITIONS = 8;

  @Spec
  @SuppressWarnings("FieldCanBeFinal") // picocli sets it
  private CommandSpec spec = CommandSpec.create();

  @Mixin private final KafkaOptions kafka = new KafkaOptions();

  @Option(
      names = "--artifacts",
      required = true,
      paramLabel = "URI",
      description = "store of training sets and models, the same as the job's")
  private URI artifacts = URI.create("file:///");

  @Option(
      names = "--group",
      defaultValue = "penstock-workers",
      description = "consumer group whose workers share the tasks (default: ${DEFAULT-VALUE})")
  private String group = "";

  @Option(names = "--worker-id", description = "name in model versions and logs (default: random)")
  private Optional<String> workerId = Optional.empty();

  @Option(
      names = "--device",
      defaultValue = "cpu",
      split = ",",
      description = "cpu, gpu or gpu:N; several separated by commas (default: ${DEFAULT-VALUE})")
  private List<String> devices = new ArrayList<>();

  @Option(
      names = "--slots",
      paramLabel = "N",
      description =
          "trainings at the same time; they take turns of the devices (default: one each)")
  private Optional<Integer> slots = Optional.empty();

  @Option(
      names = "--num-threads",
      defaultValue = "1",
      description = "of the engine; weights depend on it (default: ${DEFAULT-VALUE})")
  private int threads;

  @Option(
      names = "--fetchers",
      defaultValue = "2",
      description =
          "threads that read samples; beside a training no more than it leaves cores"
              + " (default: ${DEFAULT-VALUE})")
  private int fetchers;

  @Option(
      names = "--training-memory",
      defaultValue = "2g",
      paramLabel = "SIZE",
      description = "heap of a training process; half is for samples (default: ${DEFAULT-VALUE})")
  private String memory = "";

  @Option(
      names = "--work-dir",
      paramLabel = "DIR",
      description = "for samples that exceed the memory (default: a temporary folder)")
  private Optional<Path> directory = Optional.empty();

  public static void main(String[] args) {
    System.exit(new CommandLine(new TrainerWorker()).execute(KafkaOptions.normalize(args)));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    String id = workerId.orElseGet(() -> "worker-" + UUID.randomUUID().toString().substring(0, 8));
    List<String> slotDevices = slotDevices();
    Path work =
        directory.isPresent()
            ? Files.createDirectories(directory.get())
            : Files.createTempDirectory("penstock-worker");
    WorkerSettings settings =
        new WorkerSettings(
            kafka.settings(),
            kafka.topics(),
            artifacts,
            group,
            slotDevices,
            memory,
            work,
            new TrainingSettings(id, devices.get(0), threads, fetchers));
    createTopics();
    CountDownLatch ended = new CountDownLatch(1);
    try (TaskLoop loop = new TaskLoop(settings)) {
      Runtime.getRuntime()
          .addShutdownHook(
              new Thread(
                  () -> {
                    loop.stop();
                    awaitUninterruptibly(ended);
                  },
                  "stop"));
      loop.run();
    } finally {
      if (directory.isEmpty()) {
        FileUtils.deleteDirectory(work.toFile());
      }
      ended.countDown();
    }
    return CommandLine.ExitCode.OK;
  }

  /** The device of each slot, which is there. */
  private List<String> slotDevices() {
    int count = slots.orElse(devices.size());
    if (count < 1) {
      throw new ParameterException(spec.commandLine(), "--slots must be positive, got " + count);
    }
    for (String device : devices) {
      checkDevice(device);
    }
    return IntStream.range(0, count).mapToObj(i -> devices.get(i % devices.size())).toList();
  }

  /** A name that is only wrong in the training process would fail every task. */
  private void checkDevice(String device) {
    try {
      var unused = Devices.of(device);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--" + e.getMessage(), e);
    }
  }

  /** A worker may start before any job. */
  private void createTopics() throws InterruptedException {
    try (TopicAdmin admin = new TopicAdmin(kafka.settings())) {
      admin.ensure(kafka.topics().trainingTasks(), TASK_PARTITIONS);
      admin.ensure(kafka.topics().modelVersions(), 1);
    }
  }

  private static void awaitUninterruptibly(CountDownLatch ended) {
    try {
      ended.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
