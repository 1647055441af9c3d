package dev.penstock.schemas.spec.dataset;

import dev.penstock.schemas.spec.yaml.NearestWord;
import dev.penstock.schemas.spec.yaml.YamlMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads {@code label}. */
final class LabelReader {

  private LabelReader() {}

  static Optional<LabelSpec> read(YamlMap map) {
    return map.byType(
        Map.of(
            "classes", LabelReader::classes,
            "real", LabelReader::real,
            "none", LabelReader::none));
  }

  private static @Nullable LabelSpec classes(YamlMap map) {
    Optional<List<String>> names = names(map, "[no, yes]");
    Optional<RecordedLabel> from =
        map.map("from").flatMap(child -> recorded(child, names.orElse(List.of())));
    return map.build(() -> new LabelSpec.Classes(names.orElseThrow(), from));
  }

  private static Optional<List<String>> names(YamlMap map, String example) {
    if (!map.has("names")) {
      map.problem("names", "must be given, such as names: " + example);
    }
    return map.texts("names");
  }

  private static Optional<RecordedLabel> recorded(YamlMap map, List<String> classes) {
    return map.byType(
        Map.of("real", LabelReader::thresholds, "classes", child -> mapped(child, classes)));
  }

  private static @Nullable RecordedLabel thresholds(YamlMap map) {
    if (!map.has("thresholds")) {
      map.problem("thresholds", "must be given, such as thresholds: [30]");
    }
    Optional<List<Double>> thresholds = map.numberList("thresholds");
    return map.build(() -> new RecordedLabel.Real(thresholds.orElseThrow()));
  }

  private static @Nullable RecordedLabel mapped(YamlMap map, List<String> classes) {
    Optional<List<String>> names = names(map, "[a, b, c]");
    Optional<YamlMap> to = map.requiredMap("to", "{a: no, b: yes}");
    Map<String, String> mapped = to.map(YamlMap::textsByKey).orElse(Map.of());
    for (Map.Entry<String, String> each : mapped.entrySet()) {
      String key = each.getKey();
      names.ifPresent(recorded -> among(to.orElseThrow(), key, recorded, key));
      among(to.orElseThrow(), key, classes, each.getValue());
    }
    Optional<String> other = map.text("other");
    other.ifPresent(name -> among(map, "other", classes, name));
    return map.build(() -> new RecordedLabel.Classes(names.orElseThrow(), mapped, other));
  }

  /** Classes that could not be read are a problem already. */
  private static void among(YamlMap map, String key, List<String> classes, String name) {
    if (!classes.isEmpty() && !classes.contains(name)) {
      String nearest =
          NearestWord.of(name, classes).map(word -> "; did you mean " + word + "?").orElse("");
      map.problem(key, "must be one of the classes " + classes + ", got " + name + nearest);
    }
  }

  private static @Nullable LabelSpec real(YamlMap map) {
    return map.build(LabelSpec.Real::new);
  }

  private static @Nullable LabelSpec none(YamlMap map) {
    return map.build(LabelSpec.None::new);
  }
}
