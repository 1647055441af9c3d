package dev.penstock.cli.replay.results;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a run is kept.
 *
 * <pre>
 * run.json                 what was replayed
 * dataset.yaml             as given
 * pipelines/NAME/          pipeline.yaml as given; decisions, tasks, model-versions, evaluations
 * summary.json             a figure a column of the printed table
 * timing/                  what the clock said: of trainings and in all
 * work/                    models, logs, and until the run is complete what it goes on from
 * </pre>
 */
public final class RunFolder implements AutoCloseable {

  static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private final Path path;
  private final FileChannel channel;

  private RunFolder(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /** Throws if there is something in the place of a new run. */
  public static void checkNew(Path out, String id) {
    Path path = path(out, id);
    if (Files.exists(path)) {
      throw new IllegalArgumentException(
          "run-id must be new, got " + id + ", which is at " + path + "; --resume goes on with it");
    }
  }

  /** The folder of a new run, which can be resumed from here on. */
  public static RunFolder create(
      Path out, String id, ReplayRun run, Path dataset, List<Path> pipelineFiles)
      throws IOException {
    Path path = path(out, id);
    Files.createDirectories(path);
    RunFolder folder = lock(path, id);
    Files.copy(dataset, folder.datasetFile());
    for (int i = 0; i < pipelineFiles.size(); i++) {
      Path copy = folder.pipelineFile(run.names().get(i));
      Files.createDirectories(copy.getParent());
      Files.copy(pipelineFiles.get(i), copy);
    }
    folder.save("run.json", run);
    return folder;
  }

  private static Path path(Path out, String id) {
    return out.resolve(id).toAbsolutePath().normalize();
  }

  /** The folder of a run that was begun. */
  public static RunFolder open(Path out, String id) throws IOException {
    Path path = path(out, id);
    if (!Files.exists(path.resolve("run.json"))) {
      throw new IllegalArgumentException(
          "resume must be the id of a run in " + out.toAbsolutePath().normalize() + ", got " + id);
    }
    return lock(path, id);
  }

  private static RunFolder lock(Path path, String id) throws IOException {
    FileChannel channel =
        FileChannel.open(
            path.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    @Nullable FileLock lock = channel.tryLock();
    if (lock == null) {
      channel.close();
      throw new IllegalStateException("Run " + id + " is being replayed by another process");
    }
    return new RunFolder(path, channel);
  }

  public Path path() {
    return path;
  }

  /** What processes write, and what a run goes on from. */
  public Path work() {
    return path.resolve("work");
  }

  /** Results of a pipeline. */
  Path pipeline(String name) {
    return path.resolve("pipelines").resolve(name);
  }

  /** What the clock said. */
  Path timing() {
    return path.resolve("timing");
  }

  public Path datasetFile() {
    return path.resolve("dataset.yaml");
  }

  public Path pipelineFile(String name) {
    return pipeline(name).resolve("pipeline.yaml");
  }

  public ReplayRun run() throws IOException {
    return JSON.readValue(path.resolve("run.json").toFile(), ReplayRun.class);
  }

  /** Writes a JSON file, whole or not at all. */
  public void save(String file, Object value) throws IOException {
    Path target = path.resolve(file);
    Files.createDirectories(target.getParent());
    Path part = target.resolveSibling(target.getFileName() + ".part");
    Files.writeString(part, JSON.writeValueAsString(value) + "\n", StandardCharsets.UTF_8);
    Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
  }

  public boolean isComplete() {
    return Files.exists(path.resolve("summary.json"));
  }

  public <T> T load(String file, Class<T> type) throws IOException {
    return JSON.readValue(path.resolve(file).toFile(), type);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
