package dev.penstock.schemas.spec.dataset;

import java.time.Duration;
import java.util.Optional;

/**
 * What must hold of a record beside its payload and label, and how long a quiet partition is waited
 * for.
 *
 * @param maxAhead how far a sample's event time may be ahead of its record's own Kafka timestamp;
 *     empty: not checked. The record's timestamp and not the reader's clock, so that reading the
 *     log again quarantines the same records
 * @param idleAfter wall-clock time without a record after which a partition no longer holds back
 *     decisions; empty: it is waited for without limit, and decisions are a function of the log
 *     alone
 */
public record ContractSpec(Optional<Duration> maxAhead, Optional<Duration> idleAfter) {

  public ContractSpec {
    checkPositive("max-ahead", maxAhead);
    checkPositive("idle-after", idleAfter);
  }

  private static void checkPositive(String field, Optional<Duration> duration) {
    if (duration.isPresent() && (duration.get().isNegative() || duration.get().isZero())) {
      throw new IllegalArgumentException(field + " must be positive, got " + duration.get());
    }
  }
}
