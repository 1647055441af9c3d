package dev.penstock.flink.selection;

/**
 * A fired decision as one partition's selector gets it.
 *
 * @param partition of the sample log
 * @param decision encoded Decision
 * @param request encoded PartitionRequest
 */
public record PartitionDecision(int partition, byte[] decision, byte[] request) {}
