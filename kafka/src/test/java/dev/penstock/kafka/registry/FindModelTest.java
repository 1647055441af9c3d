package dev.penstock.kafka.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.penstock.schemas.ModelStatus;
import dev.penstock.schemas.ModelVersion;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.Test;

/** A log of two pipelines, newest first: {@code sea-3} failed, {@code sea-1} was rolled back to. */
final class FindModelTest {

  private static final List<ModelVersion> LOG =
      List.of(
          version("sky-1", ModelStatus.TRAINED),
          restored("sea-1-restored-9", "sea-1"),
          version("sea-3", ModelStatus.FAILED),
          version("sea-2", ModelStatus.TRAINED),
          version("sea-1", ModelStatus.TRAINED));

  @Test
  void findsIdsOfWhateverVersions() {
    assertThat(find("sea-2").getId()).isEqualTo("sea-2");
    assertThat(find("sea-3").getStatus()).isEqualTo(ModelStatus.FAILED);
    assertThat(find("sea-1-restored-9").getRestores()).isEqualTo("sea-1");
  }

  @Test
  void championIsWhatWasPublishedOrRolledBackToLast() {
    assertThat(find("sea@champion").getRestores()).isEqualTo("sea-1");
    assertThat(find("sea@previous").getId()).isEqualTo("sea-2");
    assertThat(find("sky@champion").getId()).isEqualTo("sky-1");
  }

  @Test
  void readsNoFurtherThanItMust() {
    FindModel search = new FindModel("sea@champion");

    assertThat(search.test(LOG.get(0))).isTrue();
    assertThat(search.test(LOG.get(1))).isFalse();
  }

  @Test
  void saysWhatWasProbablyMeant() {
    assertThatNothingIs("sea-4")
        .withMessage(
            "model must be an id such as sea-12, or sea@champion, or sea@previous, got sea-4,"
                + " which is not in topic versions; did you mean sea-1?");
    assertThatNothingIs("sea").withMessageEndingWith("; did you mean sea@champion?");
    assertThatNothingIs("sea@champoin")
        .withMessageEndingWith("got sea@champoin; did you mean sea@champion?");
    assertThatNothingIs("sea@").withMessageEndingWith("got sea@");
    assertThatNothingIs("lake-17")
        .withMessageEndingWith("got lake-17, which is not in topic versions");
  }

  @Test
  void saysWhatIsMissing() {
    assertThatNothingIs("lake@champion")
        .withMessage(
            "pipeline must have model versions, got none of lake; there are those of [sea, sky]");
    assertThatNothingIs("sky@previous")
        .withMessage("sky must have a previous model, got its champion only: sky-1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> find("sea@champion", LOG.subList(2, 3)))
        .withMessage("sea must have a trained model, got failed ones only");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> find("sea-1", List.of()))
        .withMessageEndingWith("got sea-1, and topic versions is empty");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> find("sea@champion", List.of()))
        .withMessageEndingWith("got none of sea, and there are none yet");
  }

  private static ThrowableAssertAlternative<?> assertThatNothingIs(String reference) {
    return assertThatIllegalArgumentException().isThrownBy(() -> find(reference));
  }

  private static ModelVersion find(String reference) {
    return find(reference, LOG);
  }

  private static ModelVersion find(String reference, List<ModelVersion> log) {
    FindModel search = new FindModel(reference);
    var unused = log.stream().allMatch(search);
    return search.found("versions");
  }

  private static ModelVersion restored(String id, String model) {
    ModelVersion version = version(id, ModelStatus.TRAINED);
    version.setRestores(model);
    return version;
  }

  private static ModelVersion version(String id, ModelStatus status) {
    return ModelVersion.newBuilder()
        .setId(id)
        .setPipeline(id.substring(0, 3))
        .setDecisionNumber(1)
        .setTriggerNumber(1)
        .setStatus(status)
        .setTrainedSamples(1)
        .setTrainingSetDigest("")
        .setSliceTime(0)
        .setBoundary(List.of())
        .setSeed(0)
        .setStartedAt(0)
        .setFinishedAt(0)
        .setWorker("w")
        .setMetrics(Map.of())
        .build();
  }
}
