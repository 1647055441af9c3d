package dev.penstock.schemas.serde;

import dev.penstock.schemas.ProgressMarker;
import dev.penstock.schemas.QuarantineReason;
import dev.penstock.schemas.Sample;
import dev.penstock.schemas.spec.dataset.LabelSpec;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * Reads what stands before a sample's payload, and checks that the payload ends where the record
 * ends, without touching or copying key and payload. Allocates nothing for a good record: a full
 * decoding costs half of a scan's throughput. Reused, not thread-safe.
 */
public final class SampleHeaderReader {

  /** What a record's value is. */
  public enum Kind {
    SAMPLE,
    /** A {@link ProgressMarker}: only {@link #timestamp} is set. */
    PROGRESS,
    /** Neither: {@link #reason} and {@link #detail} say why. */
    INVALID
  }

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long SAMPLE = SingleObject.fingerprint(Sample.getClassSchema());
  private static final long PROGRESS = SingleObject.fingerprint(ProgressMarker.getClassSchema());
  private static final LabelKind[] LABEL_KINDS = LabelKind.values();
  private static final int MAX_VARINT_BITS = 63;

  private final @Nullable LabelMapping mapping;

  private byte[] value = new byte[0];
  private int position;
  private boolean truncated;

  private long timestamp;
  private LabelKind labelKind = LabelKind.NONE;
  private long labelClass;
  private double labelReal;
  private int keyStart;
  private int keyLength;
  private int payloadStart;
  private int payloadLength;
  private QuarantineReason reason = QuarantineReason.UNDECODABLE;
  private String detail = "";

  /** Labels are told as they are recorded. */
  public SampleHeaderReader() {
    this.mapping = null;
  }

  /** Labels are told as the dataset declares them; those that it makes nothing of are invalid. */
  public SampleHeaderReader(LabelSpec label) {
    this.mapping = LabelMapping.of(label).orElse(null);
  }

  /** Reads a record's value. The getters below speak of it until the next call. */
  public Kind read(byte[] newValue) {
    value = newValue;
    position = SingleObject.HEADER_BYTES;
    truncated = false;
    if (value.length < SingleObject.HEADER_BYTES
        || value[0] != SingleObject.MARKER_0
        || value[1] != SingleObject.MARKER_1) {
      return invalid(
          QuarantineReason.UNDECODABLE, "record must start with C3 01 and a schema fingerprint");
    }
    long fingerprint = (long) LONGS.get(value, 2);
    if (fingerprint == SAMPLE) {
      return readSample();
    }
    if (fingerprint == PROGRESS) {
      return readProgress();
    }
    return invalid(
        QuarantineReason.UNKNOWN_SCHEMA,
        "schema fingerprint must be of a Sample or ProgressMarker, got "
            + Long.toHexString(fingerprint));
  }

  private Kind readSample() {
    timestamp = readLong();
    long branch = readLong();
    if (truncated || branch < 0 || branch >= LABEL_KINDS.length) {
      return undecodable("label");
    }
    labelKind = LABEL_KINDS[(int) branch];
    if (labelKind == LabelKind.CLASS) {
      labelClass = readLong();
    } else if (labelKind == LabelKind.REAL) {
      labelReal = readDouble();
    }
    long keyBytes = readLong();
    if (truncated || keyBytes < 0 || keyBytes > value.length - position) {
      return undecodable("key");
    }
    keyStart = position;
    keyLength = (int) keyBytes;
    position += keyLength;
    long payloadBytes = readLong();
    if (truncated || payloadBytes != value.length - position) {
      return undecodable("payload");
    }
    payloadStart = position;
    payloadLength = (int) payloadBytes;
    return mapping == null ? Kind.SAMPLE : map(mapping);
  }

  private Kind map(LabelMapping labels) {
    int mapped = labels.of(labelKind, labelClass, labelReal);
    if (mapped == LabelMapping.REFUSED) {
      String got = labelKind == LabelKind.CLASS ? "class " + labelClass : "double " + labelReal;
      return invalid(QuarantineReason.LABEL, "label must be " + labels.demand() + ", got " + got);
    }
    if (mapped >= 0) {
      labelKind = LabelKind.CLASS;
      labelClass = mapped;
    }
    return Kind.SAMPLE;
  }

  private Kind readProgress() {
    timestamp = readLong();
    return truncated || position != value.length ? undecodable("timestamp") : Kind.PROGRESS;
  }

  /** Zigzag varint, as Avro writes int and long. */
  private long readLong() {
    long raw = 0;
    for (int shift = 0; shift <= MAX_VARINT_BITS; shift += 7) {
      if (position >= value.length) {
        break;
      }
      byte next = value[position++];
      raw |= (next & 0x7FL) << shift;
      if (next >= 0) {
        return (raw >>> 1) ^ -(raw & 1);
      }
    }
    truncated = true;
    return 0;
  }

  private double readDouble() {
    if (value.length - position < Double.BYTES) {
      truncated = true;
      return 0;
    }
    double result = Double.longBitsToDouble((long) LONGS.get(value, position));
    position += Double.BYTES;
    return result;
  }

  private Kind undecodable(String field) {
    return invalid(
        QuarantineReason.UNDECODABLE,
        field
            + " must end within the record and the payload with it, got "
            + value.length
            + " bytes");
  }

  private Kind invalid(QuarantineReason newReason, String newDetail) {
    reason = newReason;
    detail = newDetail;
    return Kind.INVALID;
  }

  /** Event time, milliseconds. */
  public long timestamp() {
    return timestamp;
  }

  /** Which of the two labels is set. */
  public LabelKind labelKind() {
    return labelKind;
  }

  /** Class index, if the label is one. */
  public long labelClass() {
    return labelClass;
  }

  /** Regression target, if the label is one. */
  public double labelReal() {
    return labelReal;
  }

  /** Index of the key's first byte in the value. */
  public int keyStart() {
    return keyStart;
  }

  /** Bytes of the key. */
  public int keyLength() {
    return keyLength;
  }

  /** Index of the payload's first byte in the value; it reaches to the value's end. */
  public int payloadStart() {
    return payloadStart;
  }

  /** Bytes of the payload. */
  public int payloadLength() {
    return payloadLength;
  }

  /** What is wrong, after INVALID. */
  public QuarantineReason reason() {
    return reason;
  }

  /** What is wrong, in words, after INVALID. */
  public String detail() {
    return detail;
  }
}
