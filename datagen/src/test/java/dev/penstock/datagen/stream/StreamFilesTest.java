package dev.penstock.datagen.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StreamFilesTest {

  private static final DriftSchedule ABRUPT =
      new DriftSchedule(DriftSchedule.Kind.ABRUPT, List.of(500L), 1);

  @TempDir Path directory;

  @Test
  void theSameSeedGivesTheSameBytesEverywhere() throws IOException, NoSuchAlgorithmException {
    assertThat(
            List.of(
                digest(new Sea(0.1), "samples.csv"),
                digest(new Hyperplane(5, 0.05, 3), "samples.csv"),
                digest(new GaussianClusters(4, 3, 2.5, 3), "samples.csv"),
                digest(new DriftingImages(3, 3), "images-idx3-ubyte")))
        .containsExactly(
            "42667ca627c6a4df", "32180e03964d9971", "7ccc1431d175a55c", "255abd783bc22988");
  }

  private String digest(LabelledStream stream, String file)
      throws IOException, NoSuchAlgorithmException {
    new StreamFiles(stream, ABRUPT, 1000, 3).write("test", directory, written -> {});
    byte[] bytes = Files.readAllBytes(directory.resolve(file));
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes), 0, 8);
  }

  @Test
  void conceptsChangeWhereTheScheduleSays() {
    SplittableRandom random = new SplittableRandom(1);
    DriftSchedule recurring = new DriftSchedule(DriftSchedule.Kind.RECURRING, List.of(10L, 20L), 1);
    DriftSchedule incremental =
        new DriftSchedule(DriftSchedule.Kind.INCREMENTAL, List.of(100L), 50);

    assertThat(ABRUPT.concept(499, random)).isZero();
    assertThat(ABRUPT.concept(500, random)).isEqualTo(1);
    assertThat(recurring.concept(15, random)).isEqualTo(1);
    assertThat(recurring.concept(20, random)).isZero();
    assertThat(incremental.concept(100, random)).isZero();
    assertThat(incremental.concept(125, random)).isEqualTo(0.5);
    assertThat(incremental.concept(400, random)).isEqualTo(1);
  }

  @Test
  void aGradualDriftMixesAroundItsPoint() {
    DriftSchedule gradual = new DriftSchedule(DriftSchedule.Kind.GRADUAL, List.of(5000L), 1000);
    SplittableRandom random = new SplittableRandom(1);
    double early = 0;
    double middle = 0;
    double late = 0;
    for (int i = 0; i < 1000; i++) {
      early += gradual.concept(2000 + i, random);
      middle += gradual.concept(4500 + i, random);
      late += gradual.concept(7000 + i, random);
    }

    assertThat(early / 1000).isLessThan(0.01);
    assertThat(middle / 1000).isBetween(0.4, 0.6);
    assertThat(late / 1000).isGreaterThan(0.99);
  }
}
