package dev.penstock.datagen;

import dev.penstock.datagen.produce.SampleProducer;
import dev.penstock.datagen.produce.SampleProducer.PartitionBy;
import dev.penstock.datagen.reader.Recordings;
import dev.penstock.datagen.reader.SampleReader;
import dev.penstock.schemas.spec.dataset.DatasetDeclaration;
import dev.penstock.schemas.spec.dataset.DatasetSpec;
import dev.penstock.schemas.topic.KafkaOptions;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.ProgressBar;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes a dataset's recorded files to its topic. */
@Command(
    name = "produce",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Writes a dataset's recorded files to its topic, which is created if missing.")
public final class ProduceCommand implements Callable<Integer> {

  @Mixin private final DatasetArguments dataset = new DatasetArguments();
  @Mixin private final KafkaOptions kafka = new KafkaOptions();

  @Option(
      names = "--rate",
      paramLabel = "N",
      description = "samples a second at most (default: as fast as it goes)")
  private Optional<Double> rate = Optional.empty();

  @Option(
      names = "--partitions",
      defaultValue = "4",
      description = "of a new topic (default: ${DEFAULT-VALUE})")
  private int partitions;

  @Option(
      names = "--partition-by",
      defaultValue = "ROW",
      description = "what a sample's partition follows from: ${COMPLETION-CANDIDATES}")
  private PartitionBy partitionBy = PartitionBy.ROW;

  @Option(names = "--from-row", defaultValue = "0", description = "samples to leave out first")
  private long fromRow;

  @Option(names = "--limit", description = "samples at most (default: all)")
  private Optional<Long> limit = Optional.empty();

  @Override
  public Integer call() throws IOException, InterruptedException {
    DatasetDeclaration declaration = dataset.declaration();
    DatasetSpec spec = Recordings.describe(declaration, dataset.directory(declaration));
    long startNanos = System.nanoTime();
    try (SampleReader samples = Recordings.open(spec, dataset.directory(declaration));
        SampleProducer producer =
            SampleProducer.open(kafka.settings(), spec.topic(), partitions, partitionBy);
        ProgressBar bar = Progress.bar(spec.topic(), "samples", limit.orElse(-1L))) {
      Thread main = Thread.currentThread();
      Thread hook = new Thread(() -> interrupt(main), "stop");
      Runtime.getRuntime().addShutdownHook(hook);
      produce(samples, producer, bar, startNanos);
      if (producer.sent() > 0) {
        // That was all: nothing as old as the last one will come.
        producer.progress(producer.newest() + 1);
      }
      producer.flush();
      bar.close();
      System.err.printf(
          "%,d samples to %s in %.1f s%n",
          producer.sent(), spec.topic(), (System.nanoTime() - startNanos) / 1e9);
      if (Thread.currentThread().isInterrupted()) {
        return 130;
      }
      Runtime.getRuntime().removeShutdownHook(hook);
    }
    return CommandLine.ExitCode.OK;
  }

  private void produce(
      SampleReader samples, SampleProducer producer, ProgressBar bar, long startNanos)
      throws IOException {
    long row = 0;
    while (producer.sent() < limit.orElse(Long.MAX_VALUE)
        && !Thread.currentThread().isInterrupted()
        && samples.next()) {
      if (row++ < fromRow) {
        continue;
      }
      if (rate.isPresent()) {
        SampleProducer.pace(producer.sent(), rate.get(), startNanos);
      }
      producer.send(samples);
      bar.step();
    }
  }

  /** Ctrl-C: what was sent is written before the process ends. */
  private static void interrupt(Thread main) {
    main.interrupt();
    try {
      main.join(10_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
