package dev.penstock.cli.replay.results;

import java.util.Map;

/**
 * What the clock said.
 *
 * @param replaySeconds from the first sample to the last, of the process that sent the last one
 * @param evaluationSeconds of the evaluation after it
 * @param trainingSeconds of each pipeline's trainings together
 */
public record RunTiming(
    double replaySeconds, double evaluationSeconds, Map<String, Double> trainingSeconds) {}
