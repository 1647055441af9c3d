package dev.penstock.flink.evaluation;

/**
 * Labelled samples of a stretch of one partition with every pipeline's scores. Arrays of arrays are
 * by pipeline, then by sample.
 *
 * @param partition of the sample log
 * @param endTime running maximum of event time at the end, milliseconds; Long.MIN_VALUE: unknown
 * @param times running maximum of event time up to each sample, milliseconds
 * @param labels class indexes or targets
 * @param models ids of the model versions that scored
 * @param model index of the version that scored, or -1: none was active
 * @param predicted most probable class, or the predicted value
 * @param logLoss negative natural logarithm of the true class's probability
 */
public record ScoredBlock(
    int partition,
    long endTime,
    long[] times,
    double[] labels,
    String[] models,
    int[][] model,
    float[][] predicted,
    float[][] logLoss) {}
