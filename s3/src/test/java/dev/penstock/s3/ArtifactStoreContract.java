package dev.penstock.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.schemas.ArtifactRef;
import dev.penstock.schemas.artifact.ArtifactStore;
import dev.penstock.schemas.artifact.ArtifactStore.Stored;
import dev.penstock.schemas.artifact.CorruptArtifactException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every artifact store does. */
abstract class ArtifactStoreContract {

  /** Clocks of file systems and servers may count whole seconds. */
  private static final Duration CLOCK_STEP = Duration.ofSeconds(2);

  @TempDir Path directory;

  /** A store, the same each time, that is empty at first. */
  abstract ArtifactStore open();

  /** Overwrites what a reference points to, past the store. */
  abstract void damage(ArtifactRef ref, byte[] bytes) throws IOException;

  @Test
  void keepsTheSameBytesOnceUnderTheirDigest() {
    ArtifactRef first = open().put(new byte[] {1, 2, 3});
    ArtifactRef second = open().put(new byte[] {1, 2, 3});

    assertThat(second).isEqualTo(first);
    assertThat(first.getSize()).isEqualTo(3);
    assertThat(first.getSha256())
        .isEqualTo("039058c6f2c0cb492c533b0a4d14ef77cc0f78abccced5287d84a1a2011cfb81");
    assertThat(open().read(first)).containsExactly(1, 2, 3);
    assertThat(list()).hasSize(1);
  }

  @Test
  void keepsFilesAndLargeBlobs() throws IOException {
    byte[] bytes = new byte[3_000_000];
    new SplittableRandom(5).nextBytes(bytes);
    Path file = Files.write(directory.resolve("blob"), bytes);

    ArtifactRef ref = open().put(file);

    assertThat(open().read(ref)).isEqualTo(bytes);
    assertThat(open().readStart(ref, 4)).isEqualTo(Arrays.copyOf(bytes, 4));
  }

  @Test
  void readsTheStartOfAShortBlob() {
    ArtifactRef ref = open().put(new byte[] {1, 2, 3});

    assertThat(open().readStart(ref, 100)).containsExactly(1, 2, 3);
  }

  @Test
  void knowsWhatABlobWouldBeCalled() {
    ArtifactRef ref = open().put(new byte[] {1, 2, 3});

    assertThat(open().ref(ref.getSha256(), 3)).isEqualTo(ref);
  }

  @Test
  void findsOutOtherBytes() throws IOException {
    ArtifactRef ref = open().put(new byte[] {1, 2, 3});
    damage(ref, new byte[] {1, 2, 4});

    assertThatThrownBy(() -> open().read(ref))
        .isInstanceOf(CorruptArtifactException.class)
        .hasMessageStartingWith("SHA-256 of %s must be %s, got ", ref.getUri(), ref.getSha256());
  }

  @Test
  void saysThatABlobIsMissing() {
    ArtifactRef ref = open().put(new byte[] {1, 2, 3});
    open().delete(ref);
    open().delete(ref);

    assertThat(open().find(ref)).isEmpty();
    assertThat(list()).isEmpty();
    assertThatThrownBy(() -> open().read(ref))
        .isInstanceOf(CorruptArtifactException.class)
        .hasMessage("artifact must exist, got none at " + ref.getUri());
    assertThatThrownBy(() -> open().readStart(ref, 2)).isInstanceOf(CorruptArtifactException.class);
  }

  @Test
  void listsEveryBlobWithItsTime() {
    Instant before = Instant.now().minus(CLOCK_STEP);
    List<ArtifactRef> refs = new ArrayList<>();
    for (byte i = 0; i < 20; i++) {
      refs.add(open().put(new byte[] {i}));
    }

    assertThat(list()).extracting(Stored::ref).containsExactlyInAnyOrderElementsOf(refs);
    assertThat(list())
        .allMatch(stored -> stored.storedAt().isAfter(before))
        .allMatch(stored -> open().find(stored.ref()).isPresent());
  }

  private List<Stored> list() {
    List<Stored> blobs = new ArrayList<>();
    open().list(blobs::add);
    return blobs;
  }
}
