package dev.penstock.flink.selection;

/**
 * One partition's part of a training set.
 *
 * @param pipeline name of the pipeline
 * @param decisionNumber the fired decision
 * @param partition of the sample log
 * @param decision encoded Decision
 * @param taken encoded TrainingSet of the samples that are in it
 * @param candidates offsets of samples of which some may be in it, ascending
 */
public record SelectionPart(
    String pipeline,
    long decisionNumber,
    int partition,
    byte[] decision,
    byte[] taken,
    long[] candidates) {}
