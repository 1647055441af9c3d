package dev.penstock.cli.lineage;

import dev.penstock.schemas.artifact.ArtifactStore;
import java.net.URI;
import picocli.CommandLine.Option;

/** Where training sets are that are too large for a message. */
final class ArtifactOptions {

  @Option(
      names = "--artifacts",
      defaultValue = "file:///",
      paramLabel = "URI",
      description = "the worker's store (default: files, where the messages say)")
  private URI uri = URI.create("file:///");

  ArtifactStore store() {
    return ArtifactStore.open(uri);
  }
}
