package dev.penstock.schemas.spec.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.schemas.spec.InvalidSpecException;
import dev.penstock.schemas.spec.SpecJson;
import dev.penstock.schemas.spec.SpecReader;
import dev.penstock.schemas.spec.SpecYaml;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class LabelReaderTest {

  private static final String THRESHOLDS =
      "{type: classes, names: [low, mid, high], from: {type: real, thresholds: [-1, 0.5]}}";
  private static final String MAPPED =
      """
      {type: classes, names: [odd, even],
        from: {type: classes, names: [0, 1, 2, "3"], to: {1: odd, 3: odd}, other: even}}\
      """;

  @Test
  void readsWhatClassesAreMadeOf() {
    assertThat(read(THRESHOLDS).label())
        .isEqualTo(
            new LabelSpec.Classes(
                List.of("low", "mid", "high"),
                Optional.of(new RecordedLabel.Real(List.of(-1.0, 0.5)))));
    assertThat(read(MAPPED).label())
        .isEqualTo(
            new LabelSpec.Classes(
                List.of("odd", "even"),
                Optional.of(
                    new RecordedLabel.Classes(
                        List.of("0", "1", "2", "3"),
                        Map.of("1", "odd", "3", "odd"),
                        Optional.of("even")))));
    assertThat(read(THRESHOLDS).recorded().label()).isEqualTo(new LabelSpec.Real());
    assertThat(read(MAPPED).recorded().label())
        .isEqualTo(new LabelSpec.Classes(List.of("0", "1", "2", "3")));
  }

  @Test
  void readsBackWhatItWrites() {
    for (String label : List.of(THRESHOLDS, MAPPED)) {
      DatasetSpec dataset = read(label);

      assertThat(SpecJson.readDataset(SpecJson.write(dataset))).isEqualTo(dataset);
      assertThat(SpecReader.parseDataset("again", SpecYaml.write(dataset)).complete())
          .isEqualTo(dataset);
    }
  }

  @Test
  void datasetsOfNoMappingKeepTheirBytes() {
    assertThat(SpecJson.write(read("{type: classes, names: [a, b]}")))
        .contains("\"label\":{\"type\":\"classes\",\"names\":[\"a\",\"b\"]},");
    assertThat(read("{type: real}").recorded()).isEqualTo(read("{type: real}"));
  }

  @Test
  void reportsThresholdsThatMakeOtherClasses() {
    refuses(
        "{type: classes, names: [a, b], from: {type: real, thresholds: [1, 2]}}",
        "d.yaml:4: label.names: must be 3, one more than from.thresholds, got [a, b]");
    refuses(
        "{type: classes, names: [a, b, c], from: {type: real, thresholds: [2, 2]}}",
        "d.yaml:4: label.from.thresholds: must be ascending finite numbers, such as [30], got"
            + " [2.0, 2.0]");
    refuses(
        "{type: classes, names: [a, b, c], from: {type: real, threshold: 2}}",
        "d.yaml:4: label.from.thresholds: must be given, such as thresholds: [30]",
        "d.yaml:4: label.from.threshold: must be a known key (thresholds, type); did you mean"
            + " thresholds?");
    refuses(
        "{type: real, from: {type: real, thresholds: [2, 2]}}",
        "d.yaml:4: label.from: must be a known key (type)");
  }

  @Test
  void reportsMapsOfUnknownClasses() {
    refuses(
        """
        {type: classes, names: [odd, even],
          from: {type: classes, names: [one, two, three], to: {
            one: odd,
            tow: even,
            three: od,
            three: odd}, other: evne}}\
        """,
        "d.yaml:9: label.from.to.three: must be given once",
        "d.yaml:7: label.from.to.tow: must be one of the classes [one, two, three], got tow; did"
            + " you mean two?",
        "d.yaml:9: label.from.other: must be one of the classes [odd, even], got evne; did you mean"
            + " even?");
    refuses(
        "{type: classes, names: [a, b], from: {type: classes, names: [x, y], to: {x: c, y: a}}}",
        "d.yaml:4: label.from.to.x: must be one of the classes [a, b], got c; did you mean a?");
    refuses(
        "{type: classes, names: [a, b], from: {type: classes, names: [x, y], to: {x: a}}}",
        "d.yaml:4: label.names: must be what from.to and from.other lead to, which is [a], got"
            + " [a, b]");
  }

  private static void refuses(String label, String... problems) {
    assertThatThrownBy(() -> read(label))
        .isInstanceOf(InvalidSpecException.class)
        .hasMessage(String.join("\n", problems));
  }

  private static DatasetSpec read(String label) {
    return SpecReader.parseDataset(
            "d.yaml",
            """
            kind: dataset
            name: d
            payload: {type: tensor, shape: [2]}
            label: %s
            """
                .formatted(label))
        .complete();
  }
}
