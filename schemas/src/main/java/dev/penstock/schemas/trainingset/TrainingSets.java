package dev.penstock.schemas.trainingset;

import dev.penstock.schemas.ArtifactRef;
import dev.penstock.schemas.PartitionSamples;
import dev.penstock.schemas.TrainingSet;
import dev.penstock.schemas.artifact.ArtifactStore;
import dev.penstock.schemas.serde.AvroCodec;

/** Puts training sets into tasks: inline while small, else into the artifact store. */
public final class TrainingSets {

  private TrainingSets() {}

  /**
   * What goes into {@code TrainingTask.trainingSet}.
   *
   * @param inlineBytes sets whose bitmaps and weights have up to so many bytes go inline
   */
  public static Object pack(SampleSet set, ArtifactStore artifacts, int inlineBytes) {
    TrainingSet training = set.toRecord();
    return bytes(training) <= inlineBytes
        ? training
        : artifacts.put(AvroCodec.of(TrainingSet.class).encode(training));
  }

  private static long bytes(TrainingSet training) {
    long bytes = training.getWeights() == null ? 0 : training.getWeights().remaining();
    for (PartitionSamples samples : training.getPartitions()) {
      bytes += samples.getBitmap().remaining();
    }
    return bytes;
  }

  /**
   * The set that {@code TrainingTask.trainingSet} holds or refers to.
   *
   * @throws CorruptTrainingSetException if it does not hold what its digest says
   * @throws dev.penstock.schemas.artifact.CorruptArtifactException if the store has other bytes
   */
  public static SampleSet unpack(Object trainingSet, ArtifactStore artifacts) {
    if (trainingSet instanceof TrainingSet inline) {
      return SampleSet.of(inline);
    }
    if (trainingSet instanceof ArtifactRef ref) {
      return SampleSet.of(AvroCodec.of(TrainingSet.class).decode(artifacts.read(ref)));
    }
    throw new IllegalArgumentException("No training set in " + trainingSet.getClass());
  }
}
