package dev.penstock.cli.replay.results;

import java.util.HashMap;
import java.util.Map;

/**
 * Data-incorporation latency of pipelines, as in Modyn (SIGMOD 2025) but as a mean: the slice time
 * from a sample's event time until the boundary of the trigger that includes it, over the samples
 * that a trigger has included. The boundary's time is that of the last sample before it.
 */
public final class Incorporation {

  private long samples;
  private long origin;

  /** Of event times since the origin, milliseconds. */
  private double times;

  private final Map<String, Total> byPipeline = new HashMap<>();

  private static final class Total {
    private long samples;
    private double times;
    private double latency;
  }

  public void sample(long timestamp) {
    if (samples == 0) {
      origin = timestamp;
    }
    samples++;
    times += timestamp - origin;
  }

  /** All samples so far are included by a trigger of the pipeline. */
  public void triggered(String pipeline, long boundaryTime) {
    Total total = byPipeline.computeIfAbsent(pipeline, name -> new Total());
    total.latency +=
        (samples - total.samples) * (double) (boundaryTime - origin) - (times - total.times);
    total.samples = samples;
    total.times = times;
  }

  /** Samples that a trigger has included. */
  long included(String pipeline) {
    return byPipeline.getOrDefault(pipeline, new Total()).samples;
  }

  /** In seconds; NaN: no sample was included. */
  double meanSeconds(String pipeline) {
    Total total = byPipeline.getOrDefault(pipeline, new Total());
    return total.samples == 0 ? Double.NaN : total.latency / total.samples / 1000;
  }
}
