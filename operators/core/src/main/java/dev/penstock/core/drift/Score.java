package dev.penstock.core.drift;

import java.util.OptionalDouble;

/**
 * How far current samples are from the reference.
 *
 * @param value what a criterion judges, finite
 * @param pValue chance of a value at least as bad without drift; empty: the metric has none
 * @param referenceRows that were compared
 * @param currentRows that were compared
 * @param columns that had values to compare; 0: nothing could be said, which counts as no drift
 */
public record Score(
    double value, OptionalDouble pValue, int referenceRows, int currentRows, int columns) {}
