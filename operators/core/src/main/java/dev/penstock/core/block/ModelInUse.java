package dev.penstock.core.block;

/**
 * What policies know of a model version that has been fed back.
 *
 * @param id of the version
 * @param triggerNumber fired decisions of the pipeline up to and including the one it comes from
 * @param trainedSamples samples that it was trained on
 * @param trainingSeconds that it took
 */
public record ModelInUse(
    String id, long triggerNumber, long trainedSamples, double trainingSeconds) {}
