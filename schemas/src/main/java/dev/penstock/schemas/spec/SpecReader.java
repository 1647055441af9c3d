package dev.penstock.schemas.spec;

import dev.penstock.schemas.spec.dataset.DatasetDeclaration;
import dev.penstock.schemas.spec.dataset.DatasetReader;
import dev.penstock.schemas.spec.dataset.DatasetSpec;
import dev.penstock.schemas.spec.yaml.Problem;
import dev.penstock.schemas.spec.yaml.SpecText;
import dev.penstock.schemas.spec.yaml.YamlMap;
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
    return read(SpecText.in(file), map -> DatasetReader.read(map, directory), "dataset");
  }

  /** Reads a dataset from YAML or JSON text; {@code origin} stands for the file in messages. */
  public static DatasetDeclaration parseDataset(String origin, String text) {
    return read(SpecText.of(origin, text), map -> DatasetReader.read(map, Path.of("")), "dataset");
  }

  /** Reads a pipeline from YAML or JSON text; {@code origin} stands for the file in messages. */
  public static PipelineSpec parsePipeline(String origin, String text) {
    return read(SpecText.of(origin, text), PipelineReader::read, "pipeline");
  }

  /**
   * Reads pipelines that are to run on {@code dataset}.
   *
   * @throws InvalidSpecException with every mistake, also those that only show between pipelines or
   *     against the dataset, such as a network that is too deep
   */
  public static List<PipelineSpec> readPipelines(List<SpecText> texts, DatasetSpec dataset) {
    List<Problem> problems = new ArrayList<>();
    List<ReadPipeline> pipelines = new ArrayList<>();
    for (SpecText text : texts.stream().distinct().toList()) {
      text.parse(problems)
          .flatMap(root -> ofKind(root, ReadPipeline::read, "pipeline"))
          .ifPresent(pipelines::add);
    }
    SpecCrossCheck.check(pipelines, dataset);
    if (!problems.isEmpty()) {
      throw new InvalidSpecException(problems);
    }
    return pipelines.stream().map(ReadPipeline::spec).toList();
  }

  /** Every mistake of files of both kinds, also those that only show between files. */
  public static List<Problem> validate(List<Path> files) {
    List<Problem> problems = new ArrayList<>();
    Map<String, DatasetDeclaration> datasets = new LinkedHashMap<>();
    List<ReadPipeline> pipelines = new ArrayList<>();
    for (Path file : files.stream().distinct().toList()) {
      Optional<YamlMap> root = SpecText.in(file).parse(problems);
      String kind = root.map(SpecReader::kind).orElse("");
      if (kind.equals("dataset")) {
        Optional.ofNullable(DatasetReader.read(root.orElseThrow(), file))
            .ifPresent(dataset -> datasets.put(dataset.name(), dataset));
      } else if (kind.equals("pipeline")) {
        root.map(ReadPipeline::read).ifPresent(pipelines::add);
      }
    }
    SpecCrossCheck.check(pipelines, datasets);
    return problems;
  }

  /** Reads a part of a spec from text, such as {@code training} from a message. */
  public static <T> T parse(String origin, String text, Function<YamlMap, @Nullable T> reader) {
    List<Problem> problems = new ArrayList<>();
    T result = SpecText.of(origin, text).parse(problems).map(reader).orElse(null);
    return checked(result, problems);
  }

  private static <T> T read(SpecText text, Function<YamlMap, @Nullable T> reader, String kind) {
    List<Problem> problems = new ArrayList<>();
    T result = text.parse(problems).flatMap(root -> ofKind(root, reader, kind)).orElse(null);
    return checked(result, problems);
  }

  private static <T> T checked(@Nullable T result, List<Problem> problems) {
    if (result == null || !problems.isEmpty()) {
      throw new InvalidSpecException(problems);
    }
    return result;
  }

  /** What is read of a file of that kind; empty with the problem added. */
  private static <T> Optional<T> ofKind(
      YamlMap root, Function<YamlMap, @Nullable T> reader, String kind) {
    String actual = kind(root);
    if (actual.equals(kind)) {
      return Optional.ofNullable(reader.apply(root));
    }
    if (!actual.isEmpty()) {
      root.problem("kind", "must be " + kind + ", got " + actual);
    }
    return Optional.empty();
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
}
