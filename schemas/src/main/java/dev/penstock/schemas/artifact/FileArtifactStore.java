package dev.penstock.schemas.artifact;

import dev.penstock.schemas.ArtifactRef;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A directory, which may be shared over the network: {@code <first two digits>/<sha-256>}. */
final class FileArtifactStore implements ArtifactStore {

  private final Path root;

  FileArtifactStore(Path root) {
    this.root = root.toAbsolutePath().normalize();
  }

  @Override
  public ArtifactRef put(byte[] bytes) {
    String digest = sha256(bytes);
    Path target = path(digest);
    try {
      if (!Files.exists(target)) {
        Files.createDirectories(target.getParent());
        Path part = Files.createTempFile(target.getParent(), digest, ".part");
        Files.write(part, bytes);
        publish(part, target);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Artifact " + target + " could not be written", e);
    }
    return new ArtifactRef(uri(target), digest, (long) bytes.length);
  }

  @Override
  public ArtifactRef put(Path file) {
    try {
      return put(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException("File " + file + " could not be read", e);
    }
  }

  @Override
  public byte[] read(ArtifactRef ref) {
    Path path = Path.of(URI.create(ref.getUri()).getPath());
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(path);
    } catch (NoSuchFileException e) {
      throw new CorruptArtifactException("artifact must exist, got none at " + ref.getUri());
    } catch (IOException e) {
      throw new UncheckedIOException("Artifact " + path + " could not be read", e);
    }
    String digest = sha256(bytes);
    if (!digest.equals(ref.getSha256())) {
      throw new CorruptArtifactException(
          "SHA-256 of " + ref.getUri() + " must be " + ref.getSha256() + ", got " + digest);
    }
    return bytes;
  }

  /** A crash leaves the whole file or none: written through to the disk, then renamed. */
  private static void publish(Path part, Path target) throws IOException {
    try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
      channel.force(/* metaData= */ true);
    }
    Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private Path path(String digest) {
    return root.resolve(digest.substring(0, 2)).resolve(digest);
  }

  private static String uri(Path path) {
    return "file://" + path.toUri().getRawPath();
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }
}
