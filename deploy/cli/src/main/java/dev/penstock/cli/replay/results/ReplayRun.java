package dev.penstock.cli.replay.results;

import dev.penstock.cli.replay.recording.RecordedSamples;
import dev.penstock.cli.replay.recording.Recording;
import java.util.List;
import java.util.Map;

/**
 * What a run replays, kept in its folder: with the specs beside it, all that its results follow
 * from.
 *
 * @param dataset name of the dataset
 * @param recording where the recorded samples are
 * @param part of the recorded samples
 * @param contents of that part
 * @param partitions of the sample log
 * @param pipelines name to seed, in the order given
 * @param versions of what computes: name to version
 */
public record ReplayRun(
    String dataset,
    Recording recording,
    RecordedSamples.Part part,
    RecordedSamples.Contents contents,
    int partitions,
    Map<String, Long> pipelines,
    Map<String, String> versions) {

  public List<String> names() {
    return List.copyOf(pipelines.keySet());
  }
}
