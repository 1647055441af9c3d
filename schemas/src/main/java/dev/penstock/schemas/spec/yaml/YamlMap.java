package dev.penstock.schemas.spec.yaml;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * A map in a YAML file whose values are asked for by key. Every mistake is added to the list of
 * problems and answered with the value's default or a placeholder, so that reading goes on and
 * finds the others; {@link #build} makes a record only if there was none.
 */
public final class YamlMap {

  private final String file;
  private final String path;
  private final MappingNode mapping;
  private final List<Problem> problems;
  private final int problemsBefore;
  private final Map<String, Node> values = new LinkedHashMap<>();
  private final Map<String, Node> keys = new LinkedHashMap<>();
  private final List<String> known = new ArrayList<>();

  YamlMap(String file, MappingNode mapping, String path, List<Problem> problems) {
    this.file = file;
    this.mapping = mapping;
    this.path = path;
    this.problems = problems;
    this.problemsBefore = problems.size();
    for (NodeTuple tuple : mapping.getValue()) {
      String key = YamlText.kind(tuple.getKeyNode());
      keys.put(key, tuple.getKeyNode());
      values.put(key, tuple.getValueNode());
    }
    YamlText.duplicates(mapping).forEach(key -> problem(key, "must be given once"));
  }

  /** Whether the key is there with a value. */
  public boolean has(String key) {
    known.add(key);
    return value(key) != null;
  }

  /** Whether the value is a single one, and neither a list nor a map. */
  public boolean isText(String key) {
    known.add(key);
    return value(key) instanceof ScalarNode;
  }

  public Optional<String> text(String key) {
    return scalar(key).map(ScalarNode::getValue);
  }

  public String requiredText(String key, String example) {
    return text(key).orElseGet(() -> missing(key, example, ""));
  }

  public long requiredInteger(String key, String example) {
    return integer(key).orElseGet(() -> missing(key, example, 1L));
  }

  public Optional<Long> integer(String key) {
    return parsed(key, "must be a whole number", YamlScalar::integer);
  }

  public int smallInteger(String key, int absent) {
    long value = integer(key).orElse((long) absent);
    if (value != (int) value) {
      problem(key, "must be at most " + Integer.MAX_VALUE + ", got " + value);
      return absent;
    }
    return (int) value;
  }

  public Optional<Double> number(String key) {
    return parsed(key, "must be a number", YamlScalar::number);
  }

  public double requiredNumber(String key, String example) {
    return has(key) ? number(key).orElse(1.0) : missing(key, example, 1.0);
  }

  /** All values of this map as numbers, whatever their keys. */
  public Map<String, Double> numbers() {
    Map<String, Double> numbers = new LinkedHashMap<>();
    for (String key : keys.keySet()) {
      if (!has(key)) {
        problem(key, "must be a number, got nothing");
      }
      number(key).ifPresent(number -> numbers.put(key, number));
    }
    return numbers;
  }

  /** All values of this map as texts, whatever their keys, in the order of the file. */
  public Map<String, String> textsByKey() {
    Map<String, String> texts = new LinkedHashMap<>();
    for (String key : keys.keySet()) {
      if (!has(key)) {
        problem(key, "must be a text, got nothing");
      }
      text(key).ifPresent(text -> texts.put(key, text));
    }
    return texts;
  }

  public boolean flag(String key, Flag absent) {
    return parsed(key, "must be true or false", YamlScalar::flag).orElse(absent == Flag.TRUE);
  }

  /** A boolean default. */
  public enum Flag {
    TRUE,
    FALSE
  }

  public Optional<Duration> duration(String key) {
    return parsed(
        key, "must be a duration such as 500ms, 30s, 5m, 12h, 30d, 1w or 1y", DurationText::parse);
  }

  public Optional<Instant> instant(String key) {
    return parsed(
        key,
        "must be a time such as 2026-01-31, 2026-01-31T12:00:00Z or milliseconds since the epoch",
        YamlScalar::instant);
  }

  public Optional<Character> character(String key) {
    return parsed(key, "must be one character", YamlScalar::character);
  }

  /** One of an enum's constants, in kebab-case. */
  public <E extends Enum<E>> E choice(String key, E absent, E[] constants) {
    Optional<String> text = text(key);
    if (text.isEmpty()) {
      return absent;
    }
    List<String> names = Stream.of(constants).map(YamlMap::kebab).toList();
    int index = names.indexOf(text.get());
    if (index < 0) {
      problem(
          key, "must be " + oneOf(names) + ", got " + text.get() + suggestion(text.get(), names));
      return absent;
    }
    return constants[index];
  }

  public static String kebab(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  public Optional<List<String>> texts(String key) {
    return list(key, Optional::of, "must be a text");
  }

  public Optional<List<Integer>> integers(String key) {
    return list(key, YamlScalar::smallInteger, "must be a whole number");
  }

  public Optional<List<Double>> numberList(String key) {
    return list(key, YamlScalar::number, "must be a number");
  }

  public Optional<YamlMap> map(String key) {
    return node(key, MappingNode.class, "a map")
        .map(child -> new YamlMap(file, child, pathOf(key), problems));
  }

  public Optional<YamlMap> requiredMap(String key, String example) {
    if (!has(key)) {
      return missing(key, example, Optional.empty());
    }
    return map(key);
  }

  /** The reader for the value of {@code type}, or empty with the problem added. */
  public <T> Optional<T> byType(Map<String, Function<YamlMap, @Nullable T>> readers) {
    Optional<String> type = text("type");
    if (type.isEmpty()) {
      problem("type", "must be given, " + oneOf(readers.keySet()));
      return Optional.empty();
    }
    Function<YamlMap, @Nullable T> reader = readers.get(type.get());
    if (reader == null) {
      problem(
          "type",
          "must be "
              + oneOf(readers.keySet())
              + ", got "
              + type.get()
              + suggestion(type.get(), readers.keySet()));
      return Optional.empty();
    }
    return Optional.ofNullable(reader.apply(this));
  }

  /**
   * Makes the record of this map: reports unknown keys, then calls {@code construct} if this map
   * has no problem, and reports what the record's constructor objects to.
   */
  public <T> @Nullable T build(Supplier<T> construct) {
    reportUnknownKeys();
    if (problems.size() > problemsBefore) {
      return null;
    }
    return constructed(construct);
  }

  private <T> @Nullable T constructed(Supplier<T> construct) {
    try {
      return construct.get();
    } catch (IllegalArgumentException e) {
      String message = String.valueOf(e.getMessage());
      Optional<String> key =
          keys.keySet().stream().filter(k -> message.startsWith(k + " ")).findFirst();
      if (key.isPresent()) {
        problem(key.get(), message.substring(key.get().length() + 1));
      } else {
        problems.add(new Problem(file, YamlText.line(mapping), path, message));
      }
      return null;
    }
  }

  /**
   * Makes a record of some of this map's keys, as {@link #build} does of all: the others may still
   * be read.
   */
  public <T> @Nullable T part(Supplier<T> construct) {
    return problems.size() > problemsBefore ? null : constructed(construct);
  }

  /** Reads every value of this map as a map of its own, whatever their keys. */
  public <T> Optional<Map<String, T>> each(Function<YamlMap, Optional<T>> reader) {
    Map<String, T> read = new LinkedHashMap<>();
    boolean complete = true;
    for (String key : keys.keySet()) {
      if (!has(key)) {
        problem(key, "must be a map, got nothing");
      }
      Optional<T> value = map(key).flatMap(reader);
      value.ifPresent(each -> read.put(key, each));
      complete &= value.isPresent();
    }
    return complete ? Optional.of(read) : Optional.empty();
  }

  /** A list of maps, each read by {@code reader}; empty as soon as one of them is. */
  public <T> Optional<List<T>> maps(String key, Function<YamlMap, Optional<T>> reader) {
    Optional<SequenceNode> sequence = sequence(key);
    if (sequence.isEmpty()) {
      return Optional.empty();
    }
    List<T> read = new ArrayList<>();
    boolean complete = true;
    int index = 0;
    for (Node item : sequence.get().getValue()) {
      String itemPath = pathOf(key) + "[" + index++ + "]";
      if (item instanceof MappingNode child) {
        Optional<T> value = reader.apply(new YamlMap(file, child, itemPath, problems));
        value.ifPresent(read::add);
        complete &= value.isPresent();
      } else {
        problems.add(
            new Problem(
                file, YamlText.line(item), itemPath, "must be a map, got " + YamlText.kind(item)));
        complete = false;
      }
    }
    return complete ? Optional.of(read) : Optional.empty();
  }

  public String file() {
    return file;
  }

  /** Adds a problem with the value at a path of keys, at the line of the deepest one there is. */
  public void problemAt(String deepPath, String message) {
    Node at = mapping;
    Node within = mapping;
    for (String key : deepPath.split("\\.", -1)) {
      Optional<NodeTuple> entry = entry(within, key);
      if (entry.isEmpty()) {
        break;
      }
      at = entry.get().getKeyNode();
      within = entry.get().getValueNode();
    }
    problems.add(new Problem(file, YamlText.line(at), pathOf(deepPath), message));
  }

  private static Optional<NodeTuple> entry(Node node, String key) {
    return node instanceof MappingNode map
        ? map.getValue().stream()
            .filter(tuple -> YamlText.kind(tuple.getKeyNode()).equals(key))
            .findFirst()
        : Optional.empty();
  }

  public void problem(String key, String message) {
    Node at = keys.getOrDefault(key, mapping);
    problems.add(new Problem(file, YamlText.line(at), pathOf(key), message));
  }

  private void reportUnknownKeys() {
    for (String key : keys.keySet()) {
      if (!known.contains(key)) {
        problem(
            key,
            "must be a known key ("
                + String.join(", ", known.stream().distinct().sorted().toList())
                + ")"
                + suggestion(key, known));
      }
    }
  }

  private <T> T missing(String key, String example, T placeholder) {
    problem(key, "must be given, such as " + key + ": " + example);
    return placeholder;
  }

  private <T> Optional<T> parsed(
      String key, String expectation, Function<String, Optional<T>> parser) {
    Optional<String> text = text(key);
    Optional<T> result = text.flatMap(parser);
    if (text.isPresent() && result.isEmpty()) {
      problem(key, expectation + ", got " + text.get());
    }
    return result;
  }

  private <T> Optional<List<T>> list(
      String key, Function<String, Optional<T>> parser, String expectation) {
    Optional<SequenceNode> sequence = sequence(key);
    if (sequence.isEmpty()) {
      return Optional.empty();
    }
    List<T> result = new ArrayList<>();
    for (Node item : sequence.get().getValue()) {
      Optional<T> value =
          item instanceof ScalarNode scalar ? parser.apply(scalar.getValue()) : Optional.empty();
      if (value.isEmpty()) {
        problems.add(
            new Problem(
                file,
                YamlText.line(item),
                pathOf(key) + "[" + result.size() + "]",
                expectation + ", got " + YamlText.kind(item)));
        return Optional.empty();
      }
      result.add(value.get());
    }
    return Optional.of(result);
  }

  private Optional<ScalarNode> scalar(String key) {
    return node(key, ScalarNode.class, "a single value");
  }

  private Optional<SequenceNode> sequence(String key) {
    return node(key, SequenceNode.class, "a list");
  }

  private <N extends Node> Optional<N> node(String key, Class<N> kind, String name) {
    known.add(key);
    Node node = value(key);
    if (node != null && !kind.isInstance(node)) {
      problem(key, "must be " + name + ", got " + YamlText.kind(node));
      return Optional.empty();
    }
    return Optional.ofNullable(node).map(kind::cast);
  }

  private @Nullable Node value(String key) {
    Node node = values.get(key);
    return node == null || Tag.NULL.equals(node.getTag()) ? null : node;
  }

  private String pathOf(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  private static String oneOf(Collection<String> names) {
    return "one of " + String.join(", ", names.stream().sorted().toList());
  }

  private static String suggestion(String word, Collection<String> names) {
    return NearestWord.of(word, names).map(nearest -> "; did you mean " + nearest + "?").orElse("");
  }
}
