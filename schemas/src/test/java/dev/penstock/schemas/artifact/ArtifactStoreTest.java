package dev.penstock.schemas.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.schemas.ArtifactRef;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ArtifactStoreTest {

  @TempDir Path directory;

  @Test
  void keepsTheSameBytesOnce() throws IOException {
    ArtifactStore store = ArtifactStore.open(directory.toUri());

    ArtifactRef first = store.put(new byte[] {1, 2, 3});
    ArtifactRef second = store.put(new byte[] {1, 2, 3});

    assertThat(second).isEqualTo(first);
    assertThat(store.read(first)).containsExactly(1, 2, 3);
    try (Stream<Path> files = Files.walk(directory).filter(Files::isRegularFile)) {
      assertThat(files).hasSize(1);
    }
  }

  @Test
  void findsOutOtherBytes() throws IOException {
    ArtifactStore store = ArtifactStore.open(directory.toUri());
    ArtifactRef ref = store.put(new byte[] {1, 2, 3});
    Files.write(Path.of(URI.create(ref.getUri())), new byte[] {1, 2, 4});

    assertThatThrownBy(() -> store.read(ref))
        .isInstanceOf(CorruptArtifactException.class)
        .hasMessageContaining("must be " + ref.getSha256());
  }

  @Test
  void namesTheSchemesThatThereAre() {
    assertThatThrownBy(() -> ArtifactStore.open(URI.create("s3://bucket")))
        .hasMessage("artifacts must be a file: URI, got s3://bucket");
  }
}
