package dev.penstock.flink.source;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A record of the sample log as it came. Mutable: the source fills the same one again and again,
 * and whoever wants to keep something of it copies that.
 */
public final class RawRecord {

  private int partition;
  private long offset;
  private long timestamp;
  private byte @Nullable [] key;
  private byte @Nullable [] value;

  /** Takes up another record. */
  public RawRecord set(
      int newPartition,
      long newOffset,
      long newTimestamp,
      byte @Nullable [] newKey,
      byte @Nullable [] newValue) {
    partition = newPartition;
    offset = newOffset;
    timestamp = newTimestamp;
    key = newKey;
    value = newValue;
    return this;
  }

  /** Partition of the sample log. */
  public int partition() {
    return partition;
  }

  /** Offset in its partition. */
  public long offset() {
    return offset;
  }

  /** The Kafka record's own timestamp, milliseconds. */
  public long timestamp() {
    return timestamp;
  }

  /** The record's key. */
  public byte @Nullable [] key() {
    return key;
  }

  /** The record's value. */
  public byte @Nullable [] value() {
    return value;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RawRecord record
        && partition == record.partition
        && offset == record.offset
        && timestamp == record.timestamp
        && Arrays.equals(key, record.key)
        && Arrays.equals(value, record.value);
  }

  @Override
  public int hashCode() {
    return 31 * partition + Long.hashCode(offset);
  }
}
