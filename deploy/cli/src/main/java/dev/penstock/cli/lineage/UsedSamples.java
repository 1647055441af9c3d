package dev.penstock.cli.lineage;

import dev.penstock.kafka.registry.ModelRegistry;
import dev.penstock.schemas.ModelVersion;
import dev.penstock.schemas.artifact.ArtifactStore;
import dev.penstock.schemas.trainingset.SampleSet;
import dev.penstock.schemas.trainingset.TrainingSets;

/** Reads training sets that were really used. */
record UsedSamples(ModelRegistry registry, ArtifactStore artifacts) {

  /**
   * What a trained version was trained on; of one that was published before versions said so, its
   * task's set.
   */
  SampleSet of(ModelVersion version) {
    Object set = version.getTrainingSet();
    return TrainingSets.unpack(
        set == null ? registry.task(version).getTrainingSet() : set, artifacts);
  }
}
