package dev.penstock.schemas.spec.selection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.penstock.schemas.spec.InvalidSpecException;
import dev.penstock.schemas.spec.SpecReader;
import dev.penstock.schemas.spec.selection.SelectionSpec.Buffer;
import dev.penstock.schemas.spec.selection.SelectionSpec.Force;
import dev.penstock.schemas.spec.selection.SelectionSpec.Grouping;
import dev.penstock.schemas.spec.selection.SelectionSpec.NewData;
import dev.penstock.schemas.spec.selection.SelectionSpec.Sampled;
import dev.penstock.schemas.spec.selection.SelectionSpec.Weights;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a pipeline may say of its selection. */
final class SelectionReaderTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void sizesAreNumbersOrShares() {
    assertThat(sampled("{type: random, ratio: 125, ratio-max: 1000}").size())
        .isEqualTo(new SampleSize(125, 1000, Optional.empty()));
    assertThat(sampled("{type: random, limit: {share: 12.5%}}").size())
        .isEqualTo(new SampleSize(125, 1000, Optional.empty()));
    assertThat(sampled("{type: random, limit: {share: 0.1}}").size())
        .isEqualTo(new SampleSize(10, 100, Optional.empty()));
    assertThat(sampled("{type: random, ratio: 10, limit: {samples: 7}}").size())
        .isEqualTo(new SampleSize(10, 100, Optional.of(7L)));
  }

  @Test
  void readsWhatABalancedSelectionMustReach() {
    Sampled sampled =
        sampled(
            "{type: label-balanced, tail-triggers: all, force-required-target-size: true,"
                + " warmup-triggers: 3, weights: inverse-probability}");

    assertThat(sampled)
        .isEqualTo(
            new Sampled(
                new Grouping.Label(),
                Optional.empty(),
                3,
                SampleSize.ALL,
                Force.REQUIRED_TARGET_SIZE,
                Weights.INVERSE_PROBABILITY));
  }

  @Test
  void aScheduleAnswersByTheNumberOfTheTrigger() {
    SelectionSpec schedule =
        selection(
            "{type: schedule, phases: [{until-trigger: 2, selection: {type: new-data}},"
                + " {selection: {type: class-balanced-replay, capacity: 9}}]}");

    assertThat(schedule.at(2)).isEqualTo(new NewData(Optional.of(0), Optional.empty()));
    assertThat(schedule.at(3)).isEqualTo(new Buffer(9, /* classBalanced= */ true, Weights.NONE));
    assertThat(schedule.looksAtLabels()).isTrue();
    assertThat(schedule.policies()).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{type: randm} | selection.type: must be one of * did you mean random?",
        "{type: random, ratio: 0} | selection.ratio: must be from 1 to ratio-max 100, got 0",
        "{type: random, ratio: 10, limit: {share: 5%}} | selection.limit: must be samples beside"
            + " ratio, which is a share itself, got a share",
        "{type: random, limit: {share: 5%, samples: 3}}"
            + " | selection.limit.samples: must be given, such as samples: 1000, or share: 10%*",
        "{type: random, limit: {share: 101%}}"
            + " | selection.limit.share: must be a percentage such as 10%*got 101%",
        "{type: new-data, limit: {share: 5%, keep: last}}"
            + " | selection.limit.keep: must be random where the limit is a share, got last",
        "{type: trigger-balanced, tail-triggers: 0}"
            + " | selection.tail-triggers: must be at least 1, since triggers are balanced, got 0",
        "{type: label-balanced, force-column-balancing: true, force-required-target-size: true}"
            + " | selection.force-required-target-size: must be false beside*",
        "{type: time-balanced} | selection.every: must be given, such as every: 1d",
        "{type: freshness} | selection.unused-data-ratio: must be given*",
        "{type: freshness, unused-data-ratio: 100}"
            + " | selection.unused-data-ratio: must be from 1 to 99, got 100",
        "{type: recency-decayed, half-life: 1d} | selection.samples: must be given*",
        "{type: schedule, phases: []} | selection.phases: must be one at least, got []",
        "{type: schedule, phases: [{selection: {type: new-data}}, {selection: {type: new-data}}]}"
            + " | selection.phases: must be given an until-trigger but for the last, got none",
        "{type: schedule, phases: [{until-trigger: 3, selection: {type: schedule}}]}"
            + " | selection.phases[0].selection.type: must be one of*",
        "{type: schedule, phases: [7]} | selection.phases[0]: must be a map, got 7",
      })
  void saysWhatIsWrongAndHowToMendIt(String yaml, String message) {
    assertThatThrownBy(() -> selection(yaml))
        .isInstanceOf(InvalidSpecException.class)
        .hasMessageMatching("(?s).*\\Q" + message.replace("*", "\\E.*\\Q") + "\\E.*");
  }

  private static Sampled sampled(String yaml) {
    return (Sampled) selection(yaml);
  }

  private static SelectionSpec selection(String yaml) {
    SelectionSpec selection = parsed(yaml);
    // What is written is read back as the same.
    assertThat(parsed(JSON.valueToTree(SelectionTree.of(selection)).toString()))
        .isEqualTo(selection);
    return selection;
  }

  private static SelectionSpec parsed(String yaml) {
    return SpecReader.parsePipeline(
            "test",
            """
            kind: pipeline
            name: test
            dataset: test
            trigger: {type: never}
            selection: %s
            training: {model: {type: mlp}}
            """
                .formatted(yaml))
        .selection();
  }
}
