package dev.penstock.cli.golden.detector;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.penstock.cli.golden.suite.GoldenResult;
import dev.penstock.cli.golden.suite.GoldenSuite;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a library's detectors say on the collection's streams.
 *
 * @param detectors by name and parameters
 */
public record DetectorSuite(String file, Detectors detectors) implements GoldenSuite {

  /** How the collection's cases were run, and by what: no parameters of the detector. */
  private static final Set<String> OF_THE_RUN =
      Set.of("detector", "defaults", "reset_after_drift", "rng");

  /** Penstock's detectors in place of a library's. */
  public interface Detectors {

    /**
     * The one for a detector of the library; it must ask for every parameter that it knows.
     *
     * @param name without that of the library
     */
    Counterpart counterpart(String name, GoldenParams params);
  }

  @Override
  public List<GoldenResult> run(Path directory) throws IOException {
    ObjectMapper json = new ObjectMapper();
    Map<String, double[]> streams =
        streams(json.readTree(directory.resolve("streams.json").toFile()));
    List<GoldenResult> results = new ArrayList<>();
    for (JsonNode golden : json.readTree(directory.resolve(file).toFile()).path("cases")) {
      results.add(result(golden, streams));
    }
    return results;
  }

  private GoldenResult result(JsonNode golden, Map<String, double[]> streams) {
    JsonNode params = golden.path("params");
    String detector = params.path("detector").asText();
    String stream = golden.path("input").path("stream").asText();
    String name = detector + settings(params) + " on " + stream;
    double[] values = streams.get(stream);
    if (values == null) {
      return GoldenResult.notCompared(name, "the stream is not in the collection");
    }
    GoldenParams asked = new GoldenParams(params);
    OF_THE_RUN.forEach(ignored -> asked.text(ignored, ""));
    Counterpart counterpart;
    try {
      counterpart = detectors.counterpart(detector.substring(detector.indexOf('.') + 1), asked);
    } catch (IllegalArgumentException e) {
      return golden.path("expected").has("error")
          ? GoldenResult.agrees(name)
          : GoldenResult.disagrees(name, "Penstock refuses the settings: " + e.getMessage());
    }
    if (counterpart instanceof Counterpart.None none) {
      return GoldenResult.notCompared(name, none.reason());
    }
    if (!asked.unknown().isEmpty()) {
      return GoldenResult.notCompared(name, "Penstock has no setting for " + asked.unknown());
    }
    if (golden.path("expected").has("error")) {
      return GoldenResult.notCompared(
          name, "the reference fails: " + golden.path("expected").path("error").asText());
    }
    return compare(name, (Counterpart.Detecting) counterpart, values, golden.path("expected"));
  }

  private static GoldenResult compare(
      String name, Counterpart.Detecting detecting, double[] stream, JsonNode expected) {
    Optional<String> disagreement;
    try {
      disagreement = detecting.disagreement(stream, expected);
    } catch (IllegalArgumentException e) {
      return GoldenResult.notCompared(name, "Penstock refuses the stream: " + e.getMessage());
    }
    return disagreement
        .map(reason -> GoldenResult.disagrees(name, reason))
        .orElseGet(() -> GoldenResult.agrees(name));
  }

  private static String settings(JsonNode params) {
    return params.properties().stream()
        .filter(param -> !OF_THE_RUN.contains(param.getKey()))
        .map(param -> " " + param.getKey() + "=" + param.getValue().asText())
        .collect(Collectors.joining());
  }

  private static Map<String, double[]> streams(JsonNode collection) {
    Map<String, double[]> streams = new HashMap<>();
    collection
        .path("binary_as_01_string")
        .properties()
        .forEach(
            entry ->
                streams.put(
                    entry.getKey(),
                    entry.getValue().asText().chars().mapToDouble(bit -> bit - '0').toArray()));
    collection
        .path("real_valued")
        .properties()
        .forEach(
            entry -> {
              double[] values = new double[entry.getValue().size()];
              for (int i = 0; i < values.length; i++) {
                values[i] = entry.getValue().get(i).asDouble();
              }
              streams.put(entry.getKey(), values);
            });
    return streams;
  }
}
