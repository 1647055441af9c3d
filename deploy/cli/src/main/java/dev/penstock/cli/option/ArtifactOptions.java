package dev.penstock.cli.option;

import dev.penstock.schemas.artifact.ArtifactStore;
import java.net.URI;
import picocli.CommandLine.Option;

/** Where the artifacts are. */
public final class ArtifactOptions {

  @Option(
      names = "--artifacts",
      required = true,
      paramLabel = "URI",
      description = "store of training sets and models, the same as the job's")
  private URI artifacts = URI.create("file:///");

  /** The store. */
  public ArtifactStore open() {
    return ArtifactStore.open(artifacts);
  }
}
