package dev.penstock.schemas.serde;

import dev.penstock.schemas.QuarantineReason;
import dev.penstock.schemas.spec.dataset.DatasetSpec;
import dev.penstock.schemas.spec.dataset.LabelSpec;
import dev.penstock.schemas.spec.dataset.PayloadSpec;
import java.time.Duration;

/**
 * Tells samples that keep their dataset's contract from those that break it: payload length, label
 * kind and range, event time. A missing label is allowed. Reused, not thread-safe.
 */
public final class SampleContract {

  private final int minPayloadBytes;
  private final int maxPayloadBytes;
  private final LabelSpec label;
  private final int classes;
  private final long maxAheadMillis;
  private QuarantineReason reason = QuarantineReason.PAYLOAD_SHAPE;
  private String detail = "";

  /** The contract of {@code dataset}. */
  public SampleContract(DatasetSpec dataset) {
    if (dataset.payload() instanceof PayloadSpec.Tensor tensor) {
      this.minPayloadBytes = tensor.bytes();
      this.maxPayloadBytes = tensor.bytes();
    } else if (dataset.payload() instanceof PayloadSpec.Text text) {
      this.minPayloadBytes = 0;
      this.maxPayloadBytes = text.maxBytes();
    } else {
      throw new IllegalArgumentException("No contract for payload " + dataset.payload());
    }
    this.label = dataset.label();
    this.classes = dataset.label() instanceof LabelSpec.Classes spec ? spec.count() : 0;
    this.maxAheadMillis =
        dataset.contract().maxAhead().map(Duration::toMillis).orElse(Long.MAX_VALUE);
  }

  /**
   * Whether a sample keeps the contract.
   *
   * @param header has just read the sample
   * @param recordTimestamp of the Kafka record, milliseconds
   */
  public boolean accepts(SampleHeaderReader header, long recordTimestamp) {
    int bytes = header.payloadLength();
    if (bytes < minPayloadBytes || bytes > maxPayloadBytes) {
      return broken(
          QuarantineReason.PAYLOAD_SHAPE,
          minPayloadBytes == maxPayloadBytes
              ? "payload must have " + maxPayloadBytes + " bytes, got " + bytes
              : "payload must have at most " + maxPayloadBytes + " bytes, got " + bytes);
    }
    if (!acceptsLabel(header)) {
      return false;
    }
    if (maxAheadMillis != Long.MAX_VALUE && header.timestamp() > recordTimestamp + maxAheadMillis) {
      return broken(
          QuarantineReason.TIMESTAMP,
          "timestamp must be at most "
              + maxAheadMillis
              + " ms ahead of the record's "
              + recordTimestamp
              + ", got "
              + header.timestamp());
    }
    return true;
  }

  private boolean acceptsLabel(SampleHeaderReader header) {
    return switch (header.labelKind()) {
      case NONE -> true;
      case CLASS -> acceptsClass(header.labelClass());
      case REAL -> acceptsReal(header.labelReal());
    };
  }

  private boolean acceptsClass(long value) {
    if (classes == 0) {
      return broken(
          QuarantineReason.LABEL, "label must be " + otherKind() + ", got class " + value);
    }
    return (value >= 0 && value < classes)
        || broken(
            QuarantineReason.LABEL, "label must be a class in [0, " + classes + "), got " + value);
  }

  private String otherKind() {
    return label instanceof LabelSpec.None ? "null" : "a double";
  }

  private boolean acceptsReal(double value) {
    if (!(label instanceof LabelSpec.Real)) {
      String wanted = classes > 0 ? "a class index" : "null";
      return broken(QuarantineReason.LABEL, "label must be " + wanted + ", got double " + value);
    }
    return Double.isFinite(value)
        || broken(QuarantineReason.LABEL, "label must be finite, got " + value);
  }

  private boolean broken(QuarantineReason newReason, String newDetail) {
    reason = newReason;
    detail = newDetail;
    return false;
  }

  /** What is wrong with the sample that was not accepted. */
  public QuarantineReason reason() {
    return reason;
  }

  /** What is wrong, in words. */
  public String detail() {
    return detail;
  }
}
