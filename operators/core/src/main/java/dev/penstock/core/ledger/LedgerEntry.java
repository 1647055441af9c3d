package dev.penstock.core.ledger;

import dev.penstock.core.selection.groups.TriggerGroups;
import dev.penstock.core.trigger.Answer;
import java.util.Optional;

/**
 * An answer of a pipeline's policy and where in the sample log it was given.
 *
 * @param number of the answer in its pipeline, from 1
 * @param triggerNumber fired answers up to and including this one
 * @param policy type of the policy
 * @param answer what it said
 * @param evidence samples between the previous answer and this one
 * @param newSamples samples between the previous trigger and this answer
 * @param sliceTime of the last sample before the boundary, milliseconds; Long.MIN_VALUE: none yet
 * @param boundary exclusive end offset of what the policy has seen, by partition
 * @param windowStart inclusive start offset of the samples to select from, by partition; empty when
 *     held
 * @param windowSamples samples between window start and boundary; 0 when held
 * @param groups what the selection must know beyond the window; empty when held, or if nothing
 */
public record LedgerEntry(
    long number,
    long triggerNumber,
    String policy,
    Answer answer,
    long evidence,
    long newSamples,
    long sliceTime,
    long[] boundary,
    long[] windowStart,
    long windowSamples,
    Optional<TriggerGroups> groups) {

  /** Whether a training follows: it has fired, and there is something new to train on. */
  public boolean trains() {
    return answer.outcome() == Answer.Outcome.FIRED && newSamples > 0 && windowSamples > 0;
  }
}
