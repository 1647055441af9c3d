package dev.penstock.schemas.spec;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads files of datasets and pipelines, and reports all their mistakes at once. */
public final class SpecReader {

  private static final List<String> KINDS = List.of("dataset", "pipeline");

  private SpecReader() {}

  /**
   * Reads a dataset's file.
   *
   * @throws InvalidSpecException with every mistake
   */
  public static DatasetDeclaration readDataset(Path file) {
    Path directory = Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(file);
    return readFile(file, map -> DatasetReader.read(map, directory), "dataset");
  }

  /**
   * Reads a pipeline's file.
   *
   * @throws InvalidSpecException with every mistake
   */
  public static PipelineSpec readPipeline(Path file) {
    return readFile(file, PipelineReader::read, "pipeline");
  }

  /** Reads a dataset from YAML or JSON text; {@code origin} stands for the file in messages. */
  public static DatasetDeclaration parseDataset(String origin, String text) {
    return parse(origin, text, map -> DatasetReader.read(map, Path.of("")), "dataset");
  }

  /** Reads a pipeline from YAML or JSON text; {@code origin} stands for the file in messages. */
  public static PipelineSpec parsePipeline(String origin, String text) {
    return parse(origin, text, PipelineReader::read, "pipeline");
  }

  /** Every mistake of files of both kinds, also those that only show between files. */
  public static List<Problem> validate(List<Path> files) {
    List<Problem> problems = new ArrayList<>();
    Map<String, DatasetDeclaration> datasets = new LinkedHashMap<>();
    Map<Path, PipelineSpec> pipelines = new LinkedHashMap<>();
    for (Path file : files) {
      Optional<YamlMap> root = load(file, problems);
      String kind = root.map(SpecReader::kind).orElse("");
      if (kind.equals("dataset")) {
        Optional.ofNullable(DatasetReader.read(root.orElseThrow(), file))
            .ifPresent(dataset -> datasets.put(dataset.name(), dataset));
      } else if (kind.equals("pipeline")) {
        Optional.ofNullable(PipelineReader.read(root.orElseThrow()))
            .ifPresent(pipeline -> pipelines.put(file, pipeline));
      }
    }
    SpecCrossCheck.check(pipelines, datasets, problems);
    return problems;
  }

  /**
   * Problems of pipelines that are to run on {@code dataset}, such as a network that is too deep.
   */
  public static List<Problem> check(Map<Path, PipelineSpec> pipelines, DatasetSpec dataset) {
    List<Problem> problems = new ArrayList<>();
    SpecCrossCheck.check(pipelines, dataset, problems);
    return problems;
  }

  /** Reads a part of a spec from text, such as {@code training} from a message. */
  static <T> T parse(String origin, String text, Function<YamlMap, @Nullable T> reader) {
    List<Problem> problems = new ArrayList<>();
    T result = YamlText.parse(origin, text, problems).map(reader).orElse(null);
    if (result == null || !problems.isEmpty()) {
      throw new InvalidSpecException(problems);
    }
    return result;
  }

  private static <T> T parse(
      String origin, String text, Function<YamlMap, @Nullable T> reader, String kind) {
    List<Problem> problems = new ArrayList<>();
    return read(YamlText.parse(origin, text, problems), reader, kind, problems);
  }

  private static <T> T readFile(Path file, Function<YamlMap, @Nullable T> reader, String kind) {
    List<Problem> problems = new ArrayList<>();
    return read(load(file, problems), reader, kind, problems);
  }

  private static <T> T read(
      Optional<YamlMap> root,
      Function<YamlMap, @Nullable T> reader,
      String kind,
      List<Problem> problems) {
    T result = null;
    if (root.isPresent()) {
      String actual = kind(root.get());
      if (actual.equals(kind)) {
        result = reader.apply(root.get());
      } else if (!actual.isEmpty()) {
        root.get().problem("kind", "must be " + kind + ", got " + actual);
      }
    }
    if (result == null || !problems.isEmpty()) {
      throw new InvalidSpecException(problems);
    }
    return result;
  }

  /** The file's kind; empty with the problem added if there is none. */
  private static String kind(YamlMap map) {
    String kind = map.requiredText("kind", "pipeline");
    if (!kind.isEmpty() && !KINDS.contains(kind)) {
      map.problem("kind", "must be one of dataset, pipeline, got " + kind);
      return "";
    }
    return kind;
  }

  private static Optional<YamlMap> load(Path file, List<Problem> problems) {
    try {
      return YamlText.parse(file.toString(), Files.readString(file), problems);
    } catch (MalformedInputException e) {
      problems.add(new Problem(file.toString(), 1, "", "must be UTF-8 text"));
    } catch (IOException e) {
      problems.add(new Problem(file.toString(), 1, "", "must be a readable file, got " + e));
    }
    return Optional.empty();
  }
}
