package dev.penstock.cli.cluster;

import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The argument that says which cluster is meant. */
final class ClusterFolder {

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      defaultValue = "penstock-cluster",
      description = "folder of the cluster (default: ${DEFAULT-VALUE})")
  private Path directory = Path.of("");

  Path path() {
    return directory.toAbsolutePath().normalize();
  }

  /** The cluster's state; throws if there is none. */
  ClusterState state() throws IOException {
    return ClusterState.load(path())
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "No cluster in " + path() + "; start one with `penstock cluster up`"));
  }
}
