package dev.penstock.cli.option;

import dev.penstock.schemas.artifact.ArtifactStore;
import java.net.URI;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Where the artifacts are. */
public final class ArtifactOptions {

  @Option(
      names = "--artifacts",
      paramLabel = "URI",
      description = "store of training sets and models, the same as the job's")
  private Optional<URI> artifacts = Optional.empty();

  @Spec(Spec.Target.MIXEE)
  @SuppressWarnings("FieldCanBeFinal") // set by the command line parser
  private CommandSpec spec = CommandSpec.create();

  /** The store; a command without it is a wrong usage. */
  public ArtifactStore open() {
    return artifacts
        .map(ArtifactStore::open)
        .orElseThrow(
            () ->
                new ParameterException(
                    spec.commandLine(), "Missing required option: '--artifacts=URI'"));
  }

  /** The store, or else files where the messages say. */
  public ArtifactStore openOrFiles() {
    return ArtifactStore.open(artifacts.orElse(URI.create("file:///")));
  }
}
