package dev.penstock.flink.observation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.flink.observation.ActiveModels.At;
import dev.penstock.flink.observation.Versions.Model;
import dev.penstock.schemas.ModelVersion;
import dev.penstock.schemas.artifact.ArtifactStore;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ActiveModelsTest {

  @TempDir Path artifacts;

  private ActiveModels models;

  @BeforeEach
  void open() {
    models = new ActiveModels(ArtifactStore.open(artifacts.toUri()), 2);
  }

  @AfterEach
  void close() {
    models.close();
  }

  @Test
  void aVersionIsActiveFromTheMillisecondInWhichItWasFinished() {
    models.add(Versions.trained("p", 1, 1_000, Model.NONE, 3));

    assertThat(at(0, 3, 999)).isEqualTo("0 none");
    assertThat(at(0, 3, 1_000)).isEqualTo("1 p-1");
  }

  @Test
  void aVersionIsNotActiveAtWhatItWasTrainedOnHoweverLateThatWasWritten() {
    models.add(Versions.trained("p", 1, 1_000, Model.NONE, 3, 10));

    assertThat(at(0, 2, 9_000)).isEqualTo("0 none");
    assertThat(at(1, 9, 9_000)).isEqualTo("0 none");
    assertThat(at(1, 10, 9_000)).isEqualTo("1 p-1");
    // A partition that was added later has no boundary.
    assertThat(at(2, 0, 9_000)).isEqualTo("1 p-1");
  }

  @Test
  void theNewestOfThoseBeforeIsActive() {
    models.add(Versions.trained("p", 1, 1_000, Model.NONE, 3));
    models.add(Versions.trained("p", 2, 2_000, Model.NONE, 6));

    assertThat(at(0, 6, 1_999)).isEqualTo("1 p-1");
    assertThat(at(0, 5, 2_000)).isEqualTo("1 p-1");
    assertThat(at(0, 6, 2_000)).isEqualTo("2 p-2");
  }

  @Test
  void aFailedTrainingSettlesItsTriggerAndNothingElse() {
    models.add(Versions.trained("p", 1, 1_000, Model.NONE, 3));
    models.add(Versions.failed("p", 2, 2_000, 6));

    assertThat(at(0, 6, 1_999)).isEqualTo("1 p-1");
    assertThat(at(0, 6, 2_000)).isEqualTo("2 p-1");

    models.add(Versions.trained("p", 3, 3_000, Model.NONE, 6));
    assertThat(at(0, 6, 3_000)).isEqualTo("3 p-3");
  }

  @Test
  void whatIsRolledBackToIsActiveAgainAndNoTrainingIsUnderWay() {
    ModelVersion first = Versions.trained("p", 1, 1_000, Model.NONE, 3);
    models.add(first);
    models.add(Versions.trained("p", 2, 2_000, Model.NONE, 6));
    models.add(
        ModelVersion.newBuilder(first)
            .setId("p-1-restored-3000")
            .setRestores("p-1")
            .setDecisionNumber(2)
            .setTriggerNumber(2)
            .setStartedAt(3_000)
            .setFinishedAt(3_000)
            .build());

    assertThat(at(0, 6, 2_999)).isEqualTo("2 p-2");
    assertThat(at(0, 6, 3_000)).isEqualTo("2 p-1-restored-3000");
  }

  @Test
  void pipelinesDoNotSeeEachOther() {
    models.add(Versions.trained("other", 1, 1_000, Model.NONE, 3));

    assertThat(at(0, 6, 2_000)).isEqualTo("0 none");
  }

  private String at(int partition, long offset, long recordTimestamp) {
    At at = models.at("p", partition, offset, recordTimestamp);
    ActiveModels.@Nullable Version active = at.active();
    return at.settled() + " " + (active == null ? "none" : active.inUse().id());
  }
}
