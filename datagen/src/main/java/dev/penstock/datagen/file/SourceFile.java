package dev.penstock.datagen.file;

import dev.penstock.schemas.spec.dataset.SourceSpec;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/**
 * A file that samples are read from.
 *
 * @param path on disk, maybe compressed
 * @param member of a zip archive; empty: the only one
 */
public record SourceFile(Path path, Optional<String> member) {

  private static final String MEMBER = "!";
  private static final int BUFFER_BYTES = 1 << 16;
  private static final Pattern GLOB = Pattern.compile(".*[*?\\[{].*");

  /** The files that a dataset's source declares, in their order. */
  public static List<SourceFile> of(SourceSpec source, Path directory) {
    return source.files().stream().flatMap(name -> resolve(name, directory).stream()).toList();
  }

  /** The files that a declared name means: one, or all that a glob matches, in natural order. */
  public static List<SourceFile> resolve(String declared, Path directory) {
    int mark = declared.indexOf(MEMBER);
    String name = mark < 0 ? declared : declared.substring(0, mark);
    Optional<String> member =
        mark < 0 ? Optional.empty() : Optional.of(declared.substring(mark + MEMBER.length()));
    List<Path> paths =
        GLOB.matcher(name).matches() ? glob(name, directory) : List.of(Path.of(name));
    List<SourceFile> files = new ArrayList<>();
    for (Path path : paths) {
      Path resolved = directory.resolve(path);
      if (!Files.isRegularFile(resolved)) {
        throw new DataException(
            "file must exist, got none at "
                + resolved
                + "; files are relative to the dataset's"
                + " file, or to the data folder given");
      }
      files.add(new SourceFile(resolved, member));
    }
    return files;
  }

  private static List<Path> glob(String pattern, Path directory) {
    PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + pattern);
    try (Stream<Path> walk = Files.walk(directory)) {
      List<Path> paths =
          walk.filter(Files::isRegularFile)
              .map(directory::relativize)
              .filter(matcher::matches)
              .sorted(Comparator.comparing(path -> natural(path.toString())))
              .toList();
      if (paths.isEmpty()) {
        throw new DataException("files must match " + pattern + " in " + directory + ", got none");
      }
      return paths;
    } catch (IOException e) {
      throw new DataException("folder must be readable, got " + e);
    }
  }

  /** Digits padded, so that batch2 stands before batch10. */
  private static String natural(String name) {
    return Pattern.compile("\\d+")
        .matcher(name)
        .replaceAll(
            digits -> "0".repeat(Math.max(0, 18 - digits.group().length())) + digits.group());
  }

  /** The file's bytes, decompressed. */
  public InputStream open() throws IOException {
    String name = path.getFileName().toString();
    if (name.endsWith(".zip")) {
      return decompressed(zipMember(), member.orElse(""));
    }
    return decompressed(Files.newInputStream(path), name);
  }

  /** The file as UTF-8 text, without a byte order mark. */
  public BufferedReader openText() throws IOException {
    BufferedReader reader =
        new BufferedReader(new InputStreamReader(open(), StandardCharsets.UTF_8), BUFFER_BYTES);
    reader.mark(1);
    if (reader.read() != '\uFEFF') {
      reader.reset();
    }
    return reader;
  }

  private static InputStream decompressed(InputStream raw, String name) throws IOException {
    InputStream buffered = new BufferedInputStream(raw, BUFFER_BYTES);
    if (name.endsWith(".gz")) {
      return new BufferedInputStream(new GZIPInputStream(buffered, BUFFER_BYTES), BUFFER_BYTES);
    }
    if (name.endsWith(".xz")) {
      return new BufferedInputStream(new XZCompressorInputStream(buffered), BUFFER_BYTES);
    }
    return buffered;
  }

  private InputStream zipMember() throws IOException {
    ZipFile zip = ZipFile.builder().setPath(path).get();
    List<ZipArchiveEntry> entries = new ArrayList<>();
    zip.getEntries().asIterator().forEachRemaining(entries::add);
    entries.removeIf(
        entry ->
            entry.isDirectory() || (member.isPresent() && !entry.getName().equals(member.get())));
    if (entries.size() != 1) {
      zip.close();
      throw new DataException(
          "archive "
              + path
              + " must have one file"
              + member.map(name -> " named " + name).orElse("")
              + ", got "
              + entries.size()
              + "; name it as archive.zip!file");
    }
    InputStream in = zip.getInputStream(entries.get(0));
    return new FilterInputStream(in) {
      @Override
      public void close() throws IOException {
        super.close();
        zip.close();
      }
    };
  }

  @Override
  public String toString() {
    return path.getFileName() + member.map(name -> MEMBER + name).orElse("");
  }
}
