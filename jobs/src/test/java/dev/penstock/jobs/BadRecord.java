package dev.penstock.jobs;

import dev.penstock.schemas.QuarantineReason;
import dev.penstock.schemas.serde.SampleEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Values that are no samples of {@link SampleLog}, each for another reason. */
enum BadRecord {
  EMPTY(QuarantineReason.UNDECODABLE),
  NULL(QuarantineReason.UNDECODABLE),
  NOT_AVRO(QuarantineReason.UNDECODABLE),
  TRUNCATED(QuarantineReason.UNDECODABLE),
  TOO_LONG(QuarantineReason.UNDECODABLE),
  OTHER_SCHEMA(QuarantineReason.UNKNOWN_SCHEMA),
  SHAPE(QuarantineReason.PAYLOAD_SHAPE),
  LABEL_OUT_OF_RANGE(QuarantineReason.LABEL),
  LABEL_OF_OTHER_KIND(QuarantineReason.LABEL),
  TIME_AHEAD(QuarantineReason.TIMESTAMP);

  /** In the year 2128. */
  private static final long FUTURE = 5_000_000_000_000L;

  private final QuarantineReason reason;

  BadRecord(QuarantineReason reason) {
    this.reason = reason;
  }

  /** What the quarantine must say. */
  QuarantineReason reason() {
    return reason;
  }

  /** The value, made from a good one's bytes or, where those cannot be had, anew. */
  byte @Nullable [] value(byte[] good, SampleEncoder encoder) {
    return switch (this) {
      case EMPTY -> new byte[0];
      case NULL -> null;
      case NOT_AVRO -> "no avro at all".getBytes(StandardCharsets.UTF_8);
      case TRUNCATED -> Arrays.copyOf(good, good.length - 1);
      case TOO_LONG -> Arrays.copyOf(good, good.length + 3);
      case OTHER_SCHEMA -> {
        byte[] other = good.clone();
        other[5] ^= 0x55;
        yield other;
      }
      case SHAPE -> encoder.classified(SampleLog.START, 1, "k", new byte[12]);
      case LABEL_OUT_OF_RANGE -> encoder.classified(SampleLog.START, 2, "k", new byte[8]);
      case LABEL_OF_OTHER_KIND -> encoder.regression(SampleLog.START, 0.5, "k", new byte[8]);
      case TIME_AHEAD -> encoder.classified(FUTURE, 1, "k", new byte[8]);
    };
  }
}
