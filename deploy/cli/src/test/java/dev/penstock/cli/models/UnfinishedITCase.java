package dev.penstock.cli.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.penstock.broker.EmbeddedBroker;
import dev.penstock.cli.Printed;
import dev.penstock.schemas.artifact.ArtifactStore;
import dev.penstock.schemas.artifact.ArtifactStore.Unfinished;
import dev.penstock.schemas.topic.Topics;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What writers leave that are killed by SIGKILL, beside one that goes on. */
final class UnfinishedITCase {

  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final Duration GRACE = Duration.ofSeconds(5);
  private static final int BLOB = 50_000_000;

  @TempDir Path directory;

  @Test
  void isCollectedWhenItIsOldAndNeverWhileItIsWritten() throws IOException, InterruptedException {
    Topics topics = new Topics("");
    try (EmbeddedBroker broker = EmbeddedBroker.start()) {
      broker.createTopic(topics.modelVersions(), 1);
      broker.createTopic(topics.trainingTasks(), 1);
      List<Unfinished> left = killWritersUntilOneLeavesSomething();
      await()
          .atMost(PATIENCE)
          .until(() -> left.get(0).writtenAt().isBefore(Instant.now().minus(GRACE)));
      Process writer = start(1);
      try {
        await().atMost(PATIENCE).until(() -> unfinished().size() > left.size());

        assertThat(collect(broker).text()).contains("(unfinished)", left.get(0).uri(), "1 file,");
        assertThat(unfinished()).containsAll(left);
        assertThat(collect(broker, "--yes").text()).contains("1 file,", "deleted");

        assertThat(unfinished()).doesNotContainAnyElementsOf(left);
        assertThat(writer.isAlive()).isTrue();
        long stored = stored();
        await().atMost(PATIENCE).until(() -> stored() > stored + 1);
        assertThat(collect(broker).text()).contains("0 files");
      } finally {
        writer.destroyForcibly().waitFor();
      }
    }
  }

  /** A writer is now and then between two blobs. */
  private List<Unfinished> killWritersUntilOneLeavesSomething()
      throws IOException, InterruptedException {
    while (unfinished().isEmpty()) {
      Process writer = start(0);
      await().atMost(PATIENCE).until(() -> !unfinished().isEmpty());
      writer.destroyForcibly().waitFor();
    }
    return unfinished();
  }

  private Process start(int first) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Writer.class.getName(),
            root().toString(),
            String.valueOf(first))
        .inheritIO()
        .start();
  }

  private Printed collect(EmbeddedBroker broker, String... more) {
    List<String> command =
        new ArrayList<>(
            List.of("models", "gc", "--keep", "1", "--grace", GRACE.toString(), "--artifacts"));
    command.addAll(List.of(root().toString(), "--bootstrap-servers", broker.bootstrapServers()));
    command.addAll(List.of(more));
    return Printed.by(command);
  }

  private List<Unfinished> unfinished() {
    List<Unfinished> files = new ArrayList<>();
    ArtifactStore.open(root()).listUnfinished(files::add);
    return files;
  }

  private long stored() {
    List<Object> blobs = new ArrayList<>();
    ArtifactStore.open(root()).list(blobs::add);
    return blobs.size();
  }

  private URI root() {
    return directory.resolve("store").toUri();
  }

  /** Stores one large blob after the other. */
  static final class Writer {

    public static void main(String[] args) {
      ArtifactStore store = ArtifactStore.open(URI.create(args[0]));
      ByteBuffer blob = ByteBuffer.allocate(BLOB).putInt(0, Integer.parseInt(args[1]));
      for (int number = 0; number < 100; number++) {
        store.put(blob.putInt(Integer.BYTES, number).array());
      }
    }
  }
}
