package dev.penstock.cli.cluster;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.commons.io.FileUtils;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Ends a cluster. */
@Command(
    name = "down",
    mixinStandardHelpOptions = true,
    description = "Ends the cluster's processes, and no others, and deletes its folder.")
final class ClusterDownCommand implements Callable<Integer> {

  private static final long STOP_SECONDS = 10;

  @Mixin private final ClusterFolder folder = new ClusterFolder();

  @Option(names = "--keep", description = "keep the cluster's folder: topics, models, logs")
  private boolean keep;

  @Override
  public Integer call() throws IOException {
    List<ClusterState.Member> members = folder.state().alive();
    for (int i = members.size() - 1; i >= 0; i--) {
      end(members.get(i));
    }
    if (!keep) {
      FileUtils.deleteDirectory(folder.path().toFile());
    }
    System.out.printf("Ended %d processes%n", members.size());
    return CommandLine.ExitCode.OK;
  }

  private static void end(ClusterState.Member member) {
    member
        .handle()
        .ifPresent(
            process -> {
              CompletableFuture<ProcessHandle> ended = process.onExit();
              process.destroy();
              ended
                  .completeOnTimeout(process, STOP_SECONDS, TimeUnit.SECONDS)
                  .join()
                  .destroyForcibly();
            });
  }
}
