package dev.penstock.cli.replay.results;

import java.util.SortedMap;

/**
 * What became of a pipeline in a run, whatever the clock said.
 *
 * @param pipeline name of the pipeline
 * @param decisions answers of the trigger policy
 * @param fired of these
 * @param trainings that gave a model
 * @param failedTrainings those that did not
 * @param trainedSamples samples of all trainings, once for each training
 * @param scored samples for which a model was active
 * @param metrics of the composite model and its baselines over the scored samples
 * @param incorporated samples that a trigger has included: those after the last one are not
 * @param incorporationLatencySeconds mean slice time from their event time until the boundary of
 *     the trigger that includes them; NaN: there are none
 */
public record PipelineResult(
    String pipeline,
    long decisions,
    long fired,
    long trainings,
    long failedTrainings,
    long trainedSamples,
    long scored,
    SortedMap<String, Double> metrics,
    long incorporated,
    double incorporationLatencySeconds) {}
