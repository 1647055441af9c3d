package dev.penstock.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.schemas.ArtifactRef;
import dev.penstock.schemas.artifact.ArtifactStore;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** A directory keeps the contract. */
final class FileArtifactStoreTest extends ArtifactStoreContract {

  @Override
  ArtifactStore open() {
    return ArtifactStore.open(directory.resolve("store").toUri());
  }

  @Override
  void damage(ArtifactRef ref, byte[] bytes) throws IOException {
    Files.write(path(ref), bytes);
  }

  @Test
  void aBlobThatIsPutAgainIsYoungAgain() throws IOException {
    ArtifactRef ref = open().put(new byte[] {1});
    Instant old = Instant.now().minus(Duration.ofDays(3));
    Files.setLastModifiedTime(path(ref), FileTime.from(old));

    open().put(new byte[] {1});

    assertThat(open().find(ref).orElseThrow().storedAt()).isAfter(old.plus(Duration.ofDays(2)));
  }

  private static Path path(ArtifactRef ref) {
    return Path.of(URI.create(ref.getUri()).getPath());
  }
}
