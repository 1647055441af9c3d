package dev.penstock.core.selection.request;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * So many random samples of one group, as one partition is asked for them.
 *
 * @param from first offset of the partition's part of the group
 * @param to its end, exclusive
 * @param label class of the group; {@link #ANY}: of all
 * @param size samples of the group in all partitions
 * @param wanted of them
 * @param ownSize samples of the partition's part, where it has to know
 * @param ownWanted of them, where that is decided beforehand
 */
public record Draw(
    long from, long to, int label, long size, long wanted, long ownSize, long ownWanted) {

  /** In place of a class: samples of all, and those without one. */
  public static final int ANY = -1;

  void write(DataOutput out) throws IOException {
    out.writeLong(from);
    out.writeLong(to);
    out.writeInt(label);
    out.writeLong(size);
    out.writeLong(wanted);
    out.writeLong(ownSize);
    out.writeLong(ownWanted);
  }

  static Draw read(DataInput in) throws IOException {
    return new Draw(
        in.readLong(),
        in.readLong(),
        in.readInt(),
        in.readLong(),
        in.readLong(),
        in.readLong(),
        in.readLong());
  }
}
