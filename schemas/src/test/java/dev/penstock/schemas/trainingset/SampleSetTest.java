package dev.penstock.schemas.trainingset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.schemas.TrainingSet;
import dev.penstock.schemas.artifact.ArtifactStore;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SampleSetTest {

  @TempDir Path directory;

  @Test
  void holdsExactlyWhatWasAdded() {
    SplittableRandom random = new SplittableRandom(5);
    SampleSet.Builder builder = SampleSet.builder();
    List<Long> offsets = new ArrayList<>();
    long offset = 123_456;
    for (int i = 0; i < 10_000; i++) {
      // Some gaps are wider than a bitmap reaches.
      offset += i % 1000 == 999 ? 3L << 32 : 1 + random.nextInt(9);
      offsets.add(offset);
      builder.add(4, offset);
    }

    SampleSet set = SampleSet.of(builder.build().toRecord());

    assertThat(set.size()).isEqualTo(10_000);
    assertThat(set.partitions()).containsExactly(4);
    assertThat(set.first(4)).isEqualTo(offsets.get(0));
    assertThat(set.last(4)).isEqualTo(offset);
    List<Long> read = new ArrayList<>();
    set.offsets(4).forEachRemaining((long next) -> read.add(next));
    assertThat(read).isEqualTo(offsets);
    for (int i = 0; i < offsets.size(); i += 37) {
      assertThat(set.offsets(4, offsets.get(i)).nextLong()).isEqualTo(offsets.get(i));
      assertThat(set.offsets(4, offsets.get(i) - 1).nextLong())
          .isEqualTo(
              i > 0 && offsets.get(i - 1) == offsets.get(i) - 1
                  ? offsets.get(i - 1)
                  : offsets.get(i));
    }
    assertThat(set.offsets(4, offset + 1).hasNext()).isFalse();
    assertThat(set.contains(4, offset)).isTrue();
    assertThat(set.contains(4, offset + 1)).isFalse();
    assertThat(set.contains(3, offset)).isFalse();
  }

  @Test
  void theDigestIsThatOfTheSamplesNotOfTheLayout() {
    SampleSet.Builder singles = SampleSet.builder();
    for (long offset = 65_000; offset < 140_000; offset++) {
      singles.add(0, offset);
    }
    SampleSet ranges =
        SampleSet.builder().addRange(0, 65_000, 70_000).addRange(0, 70_000, 140_000).build();

    assertThat(singles.build().digest()).isEqualTo(ranges.digest());
    assertThat(SampleSet.builder().addRange(0, 65_000, 139_999).build().digest())
        .isNotEqualTo(ranges.digest());
    assertThat(SampleSet.builder().addRange(1, 65_000, 140_000).build().digest())
        .isNotEqualTo(ranges.digest());
  }

  /** More runs than are kept while they are counted. */
  @Test
  void theDigestOfManyRunsIsThatOfTheCanonicalForm() throws NoSuchAlgorithmException {
    int runs = 50_000;
    SampleSet.Builder builder = SampleSet.builder().add(1, 9);
    ByteBuffer canonical = ByteBuffer.allocate(12 + 16 + 12 + 16 * runs + 1);
    canonical.putInt(1).putLong(1).putLong(9).putLong(1).putInt(2).putLong(runs);
    for (long i = 0; i < runs; i++) {
      builder.addRange(2, 7 * i, 7 * i + 1 + i % 3);
      canonical.putLong(7 * i).putLong(1 + i % 3);
    }
    byte[] sha256 = MessageDigest.getInstance("SHA-256").digest(canonical.array());

    assertThat(builder.build().digest()).isEqualTo(HexFormat.of().formatHex(sha256));
  }

  @Test
  void bitsAreSamples() {
    long[] words = new long[1024];
    words[0] = 0b101;
    words[1023] = Long.MIN_VALUE;
    SampleSet set =
        SampleSet.builder()
            .add(0, 65_535)
            .addBits(0, 65_536, words)
            .addBits(0, 131_072, new long[1024])
            .addBits(0, 1L << 40, words)
            .build();

    assertThat(set.offsets(0))
        .toIterable()
        .containsExactly(
            65_535L, 65_536L, 65_538L, 131_071L, 1L << 40, (1L << 40) + 2, (1L << 40) + 65_535);
    assertThatThrownBy(() -> SampleSet.builder().add(0, 70_000).addBits(0, 65_536, words))
        .hasMessage("offset must be above the partition's last, 70000, got 65536");
  }

  @Test
  void theDigestOfTheCanonicalFormIsFixed() {
    SampleSet set =
        SampleSet.builder().add(0, 1).add(0, 2).add(2, 7).weights(new float[] {1, 2, 3}).build();

    assertThat(set.digest())
        .isEqualTo("31674f4348cdf3abf372d7696930c661aae95686fe3faff0371043169ff8b2d1");
  }

  @Test
  void findsOutABitThatFell() {
    TrainingSet training = SampleSet.builder().addRange(0, 10, 20).build().toRecord();
    TrainingSet other = SampleSet.builder().addRange(0, 10, 21).build().toRecord();
    training.setPartitions(other.getPartitions());

    assertThatThrownBy(() -> SampleSet.of(training))
        .isInstanceOf(CorruptTrainingSetException.class)
        .hasMessageStartingWith("digest must be");
  }

  @Test
  void aUnionHasTheSamplesOfAll() {
    SampleSet even = SampleSet.builder().add(0, 70_000).add(0, 70_002).add(1, 5).build();
    SampleSet odd = SampleSet.builder().add(0, 3).add(0, 70_001).build();
    SampleSet far = SampleSet.builder().add(0, 3L << 32).build();

    assertThat(SampleSet.union(List.of(even, odd)).digest())
        .isEqualTo(
            SampleSet.builder().add(0, 3).addRange(0, 70_000, 70_003).add(1, 5).build().digest());
    assertThat(SampleSet.union(List.of(odd, far)).digest())
        .isEqualTo(SampleSet.builder().add(0, 3).add(0, 70_001).add(0, 3L << 32).build().digest());
    assertThatThrownBy(() -> SampleSet.union(List.of(even, even)))
        .hasMessageContaining("no sample in common, got 2 that several have");
  }

  @Test
  void refusesOffsetsThatDoNotAscend() {
    SampleSet.Builder builder = SampleSet.builder().add(0, 5);

    assertThatThrownBy(() -> builder.add(0, 5))
        .hasMessage("offset must be above the partition's last, 5, got 5");
  }

  @Test
  void putsAsideWhatIsTooLargeForAMessage() {
    ArtifactStore store = ArtifactStore.open(directory.toUri());
    SampleSet set = SampleSet.builder().add(0, 1).add(0, 3).build();

    assertThat(TrainingSets.pack(set, store, 1 << 20)).isInstanceOf(TrainingSet.class);
    Object packed = TrainingSets.pack(set, store, 10);

    assertThat(packed).isNotInstanceOf(TrainingSet.class);
    assertThat(TrainingSets.unpack(packed, store).digest()).isEqualTo(set.digest());
  }
}
