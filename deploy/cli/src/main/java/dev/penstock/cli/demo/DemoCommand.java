package dev.penstock.cli.demo;

import dev.penstock.broker.EmbeddedBroker;
import dev.penstock.cli.cluster.JobSubmission;
import dev.penstock.cli.cluster.JobSubmission.Job;
import dev.penstock.cli.cluster.LocalStack;
import dev.penstock.cli.cluster.WorkerOptions;
import dev.penstock.cli.option.RecordingOptions;
import dev.penstock.cli.process.Distribution;
import dev.penstock.cli.process.EndOfProcess;
import dev.penstock.cli.replay.LedgerReader;
import dev.penstock.cli.replay.Lockstep;
import dev.penstock.datagen.produce.OrderedProducer;
import dev.penstock.datagen.reader.Recordings;
import dev.penstock.datagen.reader.SampleReader;
import dev.penstock.schemas.spec.EvaluationSpec.Slice;
import dev.penstock.schemas.spec.PipelineSpec;
import dev.penstock.schemas.spec.SpecJson;
import dev.penstock.schemas.spec.SpecYaml;
import dev.penstock.schemas.topic.KafkaSettings;
import dev.penstock.schemas.topic.Topics;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.apache.commons.io.FileUtils;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs the whole loop on this machine: Kafka, Flink, a worker and a stream that drifts. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Runs the whole loop on this machine: Kafka, Flink with its web UI, a worker, and"
            + " a stream that drifts, or the recorded files of a dataset.")
public final class DemoCommand implements Callable<Integer> {

  private static final Topics TOPICS = new Topics("");
  private static final int SLOTS = 4;
  private static final long LAST_SLICES_MILLIS = 30_000;

  @Mixin private final RecordingOptions recorded = new RecordingOptions();

  @Option(
      names = "--pipeline",
      paramLabel = "FILE",
      description = "pipeline, may be repeated (default: one that fits the dataset)")
  private List<Path> pipelines = new ArrayList<>();

  @Option(names = "--samples", paramLabel = "N", description = "samples at most (default: all)")
  private Optional<Long> samples = Optional.empty();

  @Option(
      names = "--rate",
      paramLabel = "N",
      description = "samples a second at most (default: as fast as the trainings allow)")
  private Optional<Double> rate = Optional.empty();

  @Option(
      names = "--partitions",
      defaultValue = "4",
      description = "of the sample topic (default: ${DEFAULT-VALUE})")
  private int partitions;

  @Mixin private final WorkerOptions workers = new WorkerOptions();

  @Option(
      names = "--port",
      defaultValue = "0",
      description = "of Flink's web UI (default: a free one)")
  private int port;

  @Option(names = "--keep-running", description = "leave everything up until Ctrl-C")
  private boolean keepRunning;

  private final PrintStream out = System.out;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path directory = Files.createTempDirectory("penstock-demo");
    try (EndOfProcess end = new EndOfProcess()) {
      try {
        return run(directory);
      } catch (InterruptedException e) {
        out.println("Stopped");
        return 130;
      } finally {
        FileUtils.deleteDirectory(directory.toFile());
      }
    }
  }

  private int run(Path directory) throws IOException, InterruptedException {
    Board board = new Board(out);
    try (EmbeddedBroker broker = EmbeddedBroker.start();
        LocalStack stack =
            LocalStack.configure(directory, broker.settings(), TOPICS, port, SLOTS)) {
      board.say("Kafka      %s", broker.bootstrapServers());
      stack.startJobManager();
      stack.startTaskManager("taskmanager-1");
      var unused = workers.start(stack, 1);
      DemoData demo =
          recorded.dataset().isPresent()
              ? DemoData.of(recorded.dataset().get(), recorded.data(), pipelines)
              : DemoData.generated(directory.resolve("stream"));
      demo.save(directory.resolve("specs"));
      board.say("dataset    %s: %,d samples", demo.dataset().name(), demo.samples());
      for (PipelineSpec pipeline : demo.pipelines()) {
        board.say("pipeline   %s: trigger %s", pipeline.name(), SpecJson.write(pipeline.trigger()));
      }
      play(demo, stack, broker.settings(), board);
      if (keepRunning) {
        out.printf("%nFlink's web UI is at %s; Ctrl-C ends everything.%n", stack.flink().root());
        new CountDownLatch(1).await();
      }
    }
    return CommandLine.ExitCode.OK;
  }

  private void play(DemoData demo, LocalStack stack, KafkaSettings kafka, Board board)
      throws IOException, InterruptedException {
    try (SampleReader reader = Recordings.open(demo.dataset(), demo.directory());
        OrderedProducer producer = OrderedProducer.open(kafka, demo.dataset(), partitions)) {
      submit(demo, stack, kafka, board);
      try (Events events = new Events(kafka, TOPICS, board);
          LedgerReader ledger = new LedgerReader(kafka, TOPICS, stack::checkAlive)) {
        Replay replay = new Replay(reader, board);
        Lockstep lockstep = new Lockstep(producer, ledger, demo.pipelines(), replay);
        long sent = replay.run(lockstep, samples.orElse(Long.MAX_VALUE), rate);
        board.say("samples    %,d sent: that was all", sent);
        for (PipelineSpec pipeline : demo.pipelines()) {
          board.awaitEvaluated(pipeline.name(), completeSlices(pipeline, sent), LAST_SLICES_MILLIS);
        }
      }
      summarize(demo, board);
    }
  }

  private static void submit(DemoData demo, LocalStack stack, KafkaSettings kafka, Board board)
      throws IOException, InterruptedException {
    JobSubmission jobs =
        new JobSubmission(
            kafka,
            TOPICS,
            stack.artifacts(),
            SpecYaml.write(demo.dataset()),
            demo.pipelines().stream().map(SpecYaml::write).toList(),
            List.of("--checkpoint-interval", "PT0.5S", "--parallelism", "2"));
    stack.awaitSlots(SLOTS);
    board.say("Flink      web UI at %s", stack.flink().root());
    String jar = JobSubmission.upload(stack.flink(), Distribution.current());
    String training = jobs.submit(stack.flink(), jar, Job.TRAINING);
    String evaluation = jobs.submit(stack.flink(), jar, Job.EVALUATION);
    stack.awaitRunning(training);
    stack.awaitRunning(evaluation);
    board.say("jobs       run");
  }

  /** Samples in slices that are complete; the rest shows when the stream goes on. */
  private static long completeSlices(PipelineSpec pipeline, long sent) {
    return pipeline.evaluation().slice() instanceof Slice.Samples slice
        ? sent / slice.samples() * slice.samples()
        : 1;
  }

  private void summarize(DemoData demo, Board board) {
    Summary summary = new Summary(out);
    for (PipelineSpec pipeline : demo.pipelines()) {
      summary.print(
          pipeline.name(), board.trained(pipeline.name()), board.evaluations(pipeline.name()));
    }
    out.printf(
        "%n%d decisions; first model after %.1f s; all in %.1f s%n",
        board.decisions(), board.firstModelSeconds(), board.seconds());
  }
}
