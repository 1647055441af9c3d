package dev.penstock.cli.bench;

import dev.penstock.broker.EmbeddedBroker;
import dev.penstock.cli.process.Distribution;
import dev.penstock.cli.process.JavaProcess;
import dev.penstock.datagen.produce.SampleProducer;
import dev.penstock.datagen.produce.SampleProducer.PartitionBy;
import dev.penstock.datagen.reader.Recordings;
import dev.penstock.datagen.reader.SampleReader;
import dev.penstock.schemas.spec.DatasetDeclaration;
import dev.penstock.schemas.spec.DatasetSpec;
import dev.penstock.schemas.spec.SpecJson;
import dev.penstock.schemas.spec.SpecReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.commons.io.FileUtils;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Unmatched;

/** Downsamplers against uniform random samples, on handwritten digits. */
@Command(
    name = "downsampling",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Accuracy on MNIST of models that are trained on a share of the samples, as every",
      "downsampler chooses it, beside a uniform random subset: mean and standard deviation",
      "over seeds, and what a choice costs. Further arguments go to the benchmark's process:",
      "--percent 10, --seeds 5, --training '{…}', --only NAME, --num-threads 1."
    })
final class DownsamplingBenchCommand implements Callable<Integer> {

  private static final String DATASET =
      """
      kind: dataset
      name: mnist-%s
      source:
        files: ["%s-*images-idx3-ubyte.gz"]
        format: {type: idx, labels: ["%s-*labels-idx1-ubyte.gz"]}
      """;

  @Option(
      names = "--data",
      required = true,
      paramLabel = "DIR",
      description = "folder of train-images-idx3-ubyte.gz, t10k-…, and their labels")
  private Path data = Path.of("");

  @Option(
      names = "--samples",
      defaultValue = "60000",
      description = "to choose from at most (default: ${DEFAULT-VALUE})")
  private int samples;

  @Unmatched
  @SuppressWarnings("FieldCanBeFinal") // set by the command line parser
  private List<String> more = new ArrayList<>();

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path directory = Files.createTempDirectory("penstock-bench");
    try (EmbeddedBroker broker = EmbeddedBroker.start()) {
      DatasetSpec train = produce(broker, "train", samples);
      DatasetSpec test = produce(broker, "t10k", Integer.MAX_VALUE);
      List<String> command =
          new JavaProcess("bench-downsampling", directory, Distribution.current())
              .jvm("-Xmx2g", "-Dai.djl.offline=true")
              .jvm("-Dai.djl.pytorch.num_threads=1", "-Dai.djl.pytorch.num_interop_threads=1")
              .args("--bootstrap-servers", broker.bootstrapServers())
              .args("--dataset", SpecJson.write(train), "--test-topic", test.topic())
              .args(more)
              .command("worker", "dev.penstock.worker.benchmark.DownsamplingBenchmarkMain");
      ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
      builder.environment().put("OMP_NUM_THREADS", "1");
      return builder.start().waitFor();
    } finally {
      FileUtils.deleteDirectory(directory.toFile());
    }
  }

  /** Writes a set of digits to a topic of one partition. */
  private DatasetSpec produce(EmbeddedBroker broker, String set, int most) throws IOException {
    DatasetDeclaration declaration =
        SpecReader.parseDataset("mnist", DATASET.formatted(set, set, set));
    DatasetSpec spec = Recordings.describe(declaration, data);
    try (SampleReader reader = Recordings.open(spec, data);
        SampleProducer producer =
            SampleProducer.open(
                broker.settings(), spec.topic(), /* partitions= */ 1, PartitionBy.ROW)) {
      while (producer.sent() < most && reader.next()) {
        producer.send(reader);
      }
      producer.flush();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while writing " + spec.topic(), e);
    }
    return spec;
  }
}
