package dev.penstock.worker.training;

import dev.penstock.schemas.TrainingTask;
import dev.penstock.schemas.serde.AvroCodec;
import dev.penstock.worker.request.TrainingRequest;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file that a training on its way is saved in, whole or not at all. It is of use only to the
 * same task with the same parent, device and threads: else the weights would not be those of an
 * undisturbed training.
 */
final class Checkpoint {

  private static final Logger LOG = LoggerFactory.getLogger(Checkpoint.class);

  /** Changes whenever what is written changes: older files are then passed over. */
  private static final String FORMAT = "penstock-checkpoint/3";

  private final Path file;
  private final byte[] key;

  private Checkpoint(Path file, byte[] key) {
    this.file = file;
    this.key = key;
  }

  /** Writes a training's state. */
  interface Writer {
    void write(DataOutputStream out) throws IOException;
  }

  /** Reads it. */
  interface Reader {
    void read(DataInputStream in) throws IOException;
  }

  /** The checkpoint of what is asked for. */
  static Checkpoint of(TrainingRequest request, Path directory) {
    TrainingTask task = request.task();
    MessageDigest digest = sha256();
    String surroundings =
        FORMAT
            + request.settings().device()
            + " "
            + request.settings().threads()
            + " "
            + request.parent().map(parent -> parent.getWeights().getSha256()).orElse("");
    digest.update(surroundings.getBytes(StandardCharsets.UTF_8));
    byte[] key = digest.digest(AvroCodec.of(TrainingTask.class).encode(task));
    return new Checkpoint(directory.resolve(task.getId() + ".checkpoint"), key);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }

  /** Saves a state in place of the last one. */
  void write(Writer state) {
    Path next = file.resolveSibling(file.getFileName() + ".next");
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      try (FileChannel channel =
              FileChannel.open(
                  next,
                  StandardOpenOption.CREATE,
                  StandardOpenOption.TRUNCATE_EXISTING,
                  StandardOpenOption.WRITE);
          DataOutputStream out =
              new DataOutputStream(new BufferedOutputStream(Channels.newOutputStream(channel)))) {
        out.write(key);
        state.write(out);
        out.flush();
        channel.force(/* metaData= */ true);
      }
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException("Training could not be saved in " + file, e);
    }
  }

  /** Reads the last state, if there is one of this task. */
  boolean read(Reader state) {
    if (!Files.exists(file)) {
      return false;
    }
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
      if (!Arrays.equals(in.readNBytes(key.length), key)) {
        LOG.info("{} is of another training, and is passed over", file);
        return false;
      }
      state.read(in);
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException("Training could not be read from " + file, e);
    }
  }

  /** Removes the file: the training is over. */
  void delete() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException("Checkpoint could not be deleted: " + file, e);
    }
  }
}
