package dev.penstock.worker.training;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.penstock.broker.EmbeddedBroker;
import dev.penstock.models.ScoringModel;
import dev.penstock.models.store.ModelStore;
import dev.penstock.schemas.ModelVersion;
import dev.penstock.schemas.artifact.ArtifactStore;
import dev.penstock.worker.LocalTraining;
import dev.penstock.worker.LocalTraining.Sample;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tukaani.xz.XZInputStream;

/** Every kind of model is trained over Kafka, and scored as the jobs score it. */
final class ModelsITCase {

  private static final Path TITLES =
      Path.of("..", "..", "..", "shared", "data", "arxiv_titles")
          .resolve("arxiv_titles_2007_2019.tsv.xz");
  private static final String TWO = "{type: classes, names: [a, b]}";

  private static EmbeddedBroker broker;

  @TempDir Path artifacts;

  @BeforeAll
  static void startBroker() {
    broker = EmbeddedBroker.start();
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  /** The brighter half of an image is its class; a residual network of few channels sees it. */
  @ParameterizedTest
  @ValueSource(strings = {"{type: resnet, width: 8}", "{type: resnet, depth: 50, width: 8}"})
  void resnet(String model) throws InterruptedException {
    SplittableRandom random = new SplittableRandom(1);
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      int label = random.nextInt(2);
      byte[] image = new byte[16 * 16];
      for (int pixel = 0; pixel < image.length; pixel++) {
        boolean bright = pixel % 16 < 8 == (label == 0);
        image[pixel] = (byte) (random.nextInt(120) + (bright ? 100 : 0));
      }
      samples.add(new Sample(label, image));
    }
    LocalTraining training =
        new LocalTraining(
            broker, artifacts, "{type: tensor, dtype: uint8, shape: [16, 16]}", TWO, samples);

    ModelVersion version =
        training.train(
            "{model: " + model + ", epochs-per-trigger: 5, batch-size: 16, scaling: unit}", 320);

    assertThat(training.accuracy(version, 320)).isGreaterThan(0.95);
  }

  /** Whether two categories are the same: no sum over columns can tell. */
  @Test
  void dlrm() throws InterruptedException {
    SplittableRandom random = new SplittableRandom(2);
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < 4_000; i++) {
      float one = random.nextInt(5);
      float other = random.nextInt(5);
      float noise = (float) random.nextDouble();
      samples.add(new Sample(one == other ? 1 : 0, floats(one, noise, other)));
    }
    LocalTraining training =
        new LocalTraining(
            broker, artifacts, "{type: tensor, dtype: float32, shape: [3]}", TWO, samples);

    ModelVersion version =
        training.train(
            "{model: {type: dlrm, categorical: [0, 2], buckets: 10, embedding: 8},"
                + " optimizer: {type: adam, learning-rate: 0.01}, epochs-per-trigger: 8}",
            3_000);

    assertThat(training.accuracy(version, 3_000)).isGreaterThan(0.97);
  }

  @Test
  void hashedTextKnowsWordsAndPairs() throws InterruptedException {
    SplittableRandom random = new SplittableRandom(3);
    String[] words = {"the", "red", "fox", "runs", "Über", "blue", "hills"};
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < 3_000; i++) {
      List<String> text = new ArrayList<>();
      for (int word = 0; word < 4 + random.nextInt(5); word++) {
        text.add(words[random.nextInt(words.length)]);
      }
      String joined = String.join(" ", text);
      samples.add(new Sample(joined.contains("red fox") ? 1 : 0, joined.getBytes(UTF_8)));
    }
    LocalTraining training =
        new LocalTraining(broker, artifacts, "{type: text, max-bytes: 200}", TWO, samples);
    String spec =
        "{model: {type: hashed-text, buckets: 4096, ngrams: %d, hidden: [16]},"
            + " optimizer: {type: adam, learning-rate: 0.01}, epochs-per-trigger: 6}";

    double pairs = training.accuracy(training.train(spec.formatted(2), 2_000), 2_000);
    double single = training.accuracy(training.train(spec.formatted(1), 2_000), 2_000);

    assertThat(pairs).isGreaterThan(0.97).isGreaterThan(single);
  }

  /** Computing or mathematics: titles of real papers. */
  @Test
  void hashedTextOnTitles() throws IOException, InterruptedException {
    assumeTrue(Files.exists(TITLES), "needs " + TITLES);
    List<Sample> samples = titles();
    LocalTraining training =
        new LocalTraining(broker, artifacts, "{type: text, max-bytes: 1000}", TWO, samples);
    double majority = samples.stream().mapToDouble(Sample::label).average().orElseThrow();

    ModelVersion version =
        training.train(
            "{model: {type: hashed-text}, optimizer: {type: adam, learning-rate: 0.01},"
                + " epochs-per-trigger: 3}",
            6_000);

    double accuracy = training.accuracy(version, 6_000);
    System.out.printf(
        "arXiv titles, cs or math: accuracy %.3f, always the commoner %.3f%n",
        accuracy, Math.max(majority, 1 - majority));
    assertThat(accuracy).isGreaterThan(0.85);
  }

  private static List<Sample> titles() throws IOException {
    List<Sample> samples = new ArrayList<>();
    try (InputStream xz = new XZInputStream(Files.newInputStream(TITLES));
        BufferedReader reader = new BufferedReader(new InputStreamReader(xz, UTF_8))) {
      List<String> header = List.of(reader.readLine().split("\t", -1));
      int category = header.indexOf("primary_cat");
      int title = header.indexOf("title");
      int row = 0;
      for (String line = reader.readLine();
          line != null && samples.size() < 8_000;
          line = reader.readLine()) {
        if (row++ % 12 != 0) {
          continue;
        }
        String[] cells = line.split("\t", -1);
        boolean computing = cells[category].startsWith("cs.");
        if (computing || cells[category].startsWith("math")) {
          samples.add(new Sample(computing ? 1 : 0, cells[title].getBytes(UTF_8)));
        }
      }
    }
    return samples;
  }

  @Test
  void torchScriptIsTrainedAndGoesOn() throws InterruptedException, URISyntaxException {
    LocalTraining training = sums();
    String spec =
        "{model: {type: torchscript, file: \"%s\", sha256: %s}, epochs-per-trigger: 4,"
            + " optimizer: {type: adam, learning-rate: 0.01}}";
    String digest = "e".repeat(64);

    assertThatThrownBy(() -> training.train(spec.formatted(module(), digest), 1_500))
        .hasMessageStartingWith("model.file must have the SHA-256 " + digest + ", got ");
    ModelVersion first =
        training.train(spec.replace(", sha256: %s", "").formatted(module()), 1_500);
    ModelVersion second =
        training.train(
            spec.replace(", sha256: %s", "").formatted(module()), 1_500, Optional.of(first));

    assertThat(training.accuracy(first, 1_500)).isGreaterThan(0.9);
    assertThat(training.accuracy(second, 1_500)).isGreaterThan(0.9);
    assertThat(second.getParent()).isEqualTo(first.getId());
    ModelStore models = new ModelStore(ArtifactStore.open(artifacts.toUri()));
    try (ScoringModel model = ScoringModel.load(models, second)) {
      assertThat(model.embed(List.of(ByteBuffer.wrap(floats(1, 2))))[0]).hasSize(2);
    }
  }

  @Test
  void torchScriptThatDoesNotFitIsRefused() throws URISyntaxException {
    SplittableRandom random = new SplittableRandom(4);
    LocalTraining three =
        new LocalTraining(
            broker,
            artifacts,
            "{type: tensor, dtype: float32, shape: [2]}",
            "{type: classes, names: [a, b, c]}",
            List.of(new Sample(random.nextInt(3), floats(1, 2))));
    URI module = module();

    assertThatThrownBy(
            () -> three.train("{model: {type: torchscript, file: \"" + module + "\"}}", 1))
        .hasMessage("model.file must give (2, 3) for two samples, got (2, 2)");
  }

  private LocalTraining sums() {
    SplittableRandom random = new SplittableRandom(5);
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < 2_000; i++) {
      float x = (float) random.nextDouble();
      float y = (float) random.nextDouble();
      samples.add(new Sample(x + y > 1 ? 1 : 0, floats(x, y)));
    }
    return new LocalTraining(
        broker, artifacts, "{type: tensor, dtype: float32, shape: [2]}", TWO, samples);
  }

  private static URI module() throws URISyntaxException {
    URL url = ModelsITCase.class.getResource("/torchscript/classifier.pt");
    assertThat(url).isNotNull();
    return url.toURI();
  }

  private static byte[] floats(float... values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(Float.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : values) {
      bytes.putFloat(value);
    }
    return bytes.array();
  }
}
