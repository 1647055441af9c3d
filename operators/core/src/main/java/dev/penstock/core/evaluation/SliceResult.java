package dev.penstock.core.evaluation;

import java.util.Map;

/**
 * How a pipeline's composite model did on one slice.
 *
 * @param slice number of the slice, from 0
 * @param from slice time of the first sample, milliseconds
 * @param to slice time of the last sample, milliseconds
 * @param samples labelled samples
 * @param scored of these, samples for which a model was active
 * @param models model version id to samples scored by it
 * @param metrics by name, over the scored samples
 */
public record SliceResult(
    long slice,
    long from,
    long to,
    long samples,
    long scored,
    Map<String, Long> models,
    Map<String, Double> metrics) {}
