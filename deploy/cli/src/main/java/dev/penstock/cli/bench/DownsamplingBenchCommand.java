package dev.penstock.cli.bench;

import dev.penstock.broker.EmbeddedBroker;
import dev.penstock.schemas.spec.SpecJson;
import dev.penstock.schemas.spec.SpecReader;
import dev.penstock.schemas.spec.dataset.DatasetDeclaration;
import dev.penstock.schemas.spec.dataset.DatasetSpec;
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
    description =
        "Accuracy on MNIST of models that are trained on a share of the samples, as every"
            + " downsampler chooses it, beside a uniform random subset: mean and standard"
            + " deviation over seeds, and what a choice costs. Further arguments go to the"
            + " benchmark's process: --percent 10, --seeds 5, --training '{…}', --only NAME,"
            + " --num-threads 1.")
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
      DatasetSpec test = produce(broker, "t10k", Long.MAX_VALUE);
      return new EngineProcess("downsampling.DownsamplingBenchmarkMain", directory, "2g")
          .args("--bootstrap-servers", broker.bootstrapServers())
          .args("--dataset", SpecJson.write(train), "--test-topic", test.topic())
          .args(more)
          .run();
    } finally {
      FileUtils.deleteDirectory(directory.toFile());
    }
  }

  /** Writes a set of digits to a topic. */
  private DatasetSpec produce(EmbeddedBroker broker, String set, long most)
      throws IOException, InterruptedException {
    DatasetDeclaration declaration =
        SpecReader.parseDataset("mnist", DATASET.formatted(set, set, set));
    return RecordedTopic.write(broker.settings(), declaration, data, most).dataset();
  }
}
