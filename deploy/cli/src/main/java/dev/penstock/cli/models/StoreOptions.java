package dev.penstock.cli.models;

import dev.penstock.schemas.artifact.ArtifactStore;
import java.net.URI;
import picocli.CommandLine.Option;

/** Where the artifacts are. */
final class StoreOptions {

  @Option(
      names = "--artifacts",
      required = true,
      paramLabel = "URI",
      description = "store of training sets and models, the same as the job's")
  private URI artifacts = URI.create("file:///");

  ArtifactStore open() {
    return ArtifactStore.open(artifacts);
  }
}
