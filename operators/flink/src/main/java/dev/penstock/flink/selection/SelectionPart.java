package dev.penstock.flink.selection;

/**
 * One partition's part of a training set.
 *
 * @param pipeline name of the pipeline
 * @param decisionNumber the fired decision
 * @param partition of the sample log
 * @param decision encoded Decision
 * @param request encoded PartitionRequest that it answers
 * @param selections what it selects, in the form of {@link SelectionCodec}
 */
public record SelectionPart(
    String pipeline,
    long decisionNumber,
    int partition,
    byte[] decision,
    byte[] request,
    byte[] selections) {}
