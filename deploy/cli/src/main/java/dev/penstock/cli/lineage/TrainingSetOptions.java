package dev.penstock.cli.lineage;

import dev.penstock.schemas.artifact.ArtifactStore;
import java.net.URI;
import picocli.CommandLine.Option;

/** Where training sets are that are too large for a message. */
final class TrainingSetOptions {

  @Option(
      names = "--artifacts",
      paramLabel = "URI",
      description =
          "store of training sets, the same as the job's (not needed if that is a directory:"
              + " versions say where their sets are)")
  private URI artifacts = URI.create("file:///");

  /** The store. */
  ArtifactStore open() {
    return ArtifactStore.open(artifacts);
  }
}
