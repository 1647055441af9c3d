package dev.penstock.core.selection.request;

import dev.penstock.core.selection.groups.TriggerGroups;
import java.util.Optional;

/**
 * A fired decision, to a planner.
 *
 * @param decision its number
 * @param number of the trigger, from 1
 * @param windowStart by partition, start of the samples in sight
 * @param boundary by partition, their exclusive end
 * @param windowSamples samples in sight
 * @param groups of the samples in sight, where the policy needs them
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record FiredTrigger(
    long decision,
    long number,
    long[] windowStart,
    long[] boundary,
    long windowSamples,
    Optional<TriggerGroups> groups) {}
