package dev.penstock.schemas.artifact;

import dev.penstock.schemas.ArtifactRef;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A directory, which may be shared over the network: {@code <first two digits>/<sha-256>}. */
final class FileArtifactStore implements ArtifactStore {

  private static final int DIGEST_DIGITS = 64;
  private static final String UNFINISHED = ".part";

  private final Path root;

  FileArtifactStore(Path root) {
    this.root = root.toAbsolutePath().normalize();
  }

  @Override
  public ArtifactRef put(byte[] bytes) {
    String digest = Digests.sha256(bytes);
    Path target = path(digest);
    try {
      if (!renew(target)) {
        Files.createDirectories(target.getParent());
        Path part = Files.createTempFile(target.getParent(), digest, UNFINISHED);
        Files.write(part, bytes);
        publish(part, target);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Artifact " + target + " could not be written", e);
    }
    return ref(digest, bytes.length);
  }

  /**
   * Makes a blob that is there already young again, so that nobody who deletes old ones takes it
   * for one that is not needed; false: there is none.
   */
  private static boolean renew(Path target) throws IOException {
    try {
      Files.setLastModifiedTime(target, FileTime.from(Instant.now()));
      return true;
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  @Override
  public byte[] read(ArtifactRef ref) {
    Path path = path(ref);
    try {
      return Digests.checked(Files.readAllBytes(path), ref);
    } catch (NoSuchFileException e) {
      throw Digests.missing(ref);
    } catch (IOException e) {
      throw new UncheckedIOException("Artifact " + path + " could not be read", e);
    }
  }

  @Override
  public byte[] readStart(ArtifactRef ref, int length) {
    Path path = path(ref);
    try (InputStream in = Files.newInputStream(path)) {
      return in.readNBytes(length);
    } catch (NoSuchFileException e) {
      throw Digests.missing(ref);
    } catch (IOException e) {
      throw new UncheckedIOException("Artifact " + path + " could not be read", e);
    }
  }

  @Override
  public ArtifactRef ref(String sha256, long size) {
    return new ArtifactRef(uri(path(sha256)), sha256, size);
  }

  @Override
  public Optional<Stored> find(ArtifactRef ref) {
    try {
      return Optional.of(new Stored(ref, Files.getLastModifiedTime(path(ref)).toInstant()));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("Artifact " + ref.getUri() + " could not be read", e);
    }
  }

  @Override
  public void list(Consumer<Stored> blobs) {
    // Files that somebody is just writing have longer names.
    walk(
        file -> file.getFileName().toString().length() == DIGEST_DIGITS,
        (file, size, at) -> blobs.accept(new Stored(ref(file.getFileName().toString(), size), at)));
  }

  private interface Visitor {
    void visit(Path file, long size, Instant writtenAt);
  }

  private void walk(Predicate<Path> wanted, Visitor visitor) {
    if (!Files.exists(root)) {
      return;
    }
    try (Stream<Path> files = Files.walk(root, 2)) {
      files.filter(wanted).filter(Files::isRegularFile).forEach(file -> visit(file, visitor));
    } catch (IOException e) {
      throw new UncheckedIOException("Store " + root + " could not be listed", e);
    }
  }

  private static void visit(Path file, Visitor visitor) {
    try {
      visitor.visit(file, Files.size(file), Files.getLastModifiedTime(file).toInstant());
    } catch (NoSuchFileException e) {
      // Deleted or published since the directory was read: there is no such file.
    } catch (IOException e) {
      throw new UncheckedIOException("Artifact " + file + " could not be read", e);
    }
  }

  @Override
  public void delete(ArtifactRef ref) {
    delete(path(ref.getSha256()));
  }

  @Override
  public void listUnfinished(Consumer<Unfinished> files) {
    walk(
        file -> file.getFileName().toString().endsWith(UNFINISHED),
        (file, size, at) -> files.accept(new Unfinished(uri(file), size, at)));
  }

  @Override
  public void deleteUnfinished(Unfinished file) {
    delete(Path.of(URI.create(file.uri()).getPath()));
  }

  private static void delete(Path path) {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      throw new UncheckedIOException("File " + path + " could not be deleted", e);
    }
  }

  /** A crash leaves the whole file or none: written through to the disk, then renamed. */
  private static void publish(Path part, Path target) throws IOException {
    try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
      channel.force(/* metaData= */ true);
    }
    Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static String uri(Path file) {
    return "file://" + file.toUri().getRawPath();
  }

  private static Path path(ArtifactRef ref) {
    return Path.of(URI.create(ref.getUri()).getPath());
  }

  private Path path(String digest) {
    return root.resolve(digest.substring(0, 2)).resolve(digest);
  }
}
