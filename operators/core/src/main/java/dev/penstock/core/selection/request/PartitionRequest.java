package dev.penstock.core.selection.request;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What one partition is asked for a training set.
 *
 * @param method how to choose
 * @param seed of the hashes
 * @param memory name of what is remembered of choices; empty: nothing is
 * @param startsAnew whether what is remembered is forgotten before this choice is added
 * @param halfLifeMillis of weights, for {@link Method#DECAYED}; else 0
 * @param weighted whether samples get weights
 * @param keepFrom offset from which on later requests may ask for samples
 * @param draws one a group, the same groups for every partition
 */
public record PartitionRequest(
    Method method,
    long seed,
    String memory,
    boolean startsAnew,
    long halfLifeMillis,
    boolean weighted,
    long keepFrom,
    List<Draw> draws) {

  private static final List<Method> METHODS = List.of(Method.values());

  /** Ways to choose. */
  public enum Method {
    /** The lowest hashes over all partitions. */
    LOWEST,
    /**
     * The lowest hashes of each partition, which knows its number of them, among what it has not
     * taken before, and then among what it has.
     */
    REMEMBERED,
    /** The lowest hashes over all partitions and all times: each keeps what may still be chosen. */
    BUFFERED,
    /** The lowest keys of decaying weights, likewise. */
    DECAYED
  }

  public PartitionRequest {
    draws = List.copyOf(draws);
  }

  /** Samples wanted in all. */
  public long wanted() {
    return draws.stream().mapToLong(Draw::wanted).sum();
  }

  /** Samples of the groups in all. */
  public long size() {
    return draws.stream().mapToLong(Draw::size).sum();
  }

  /** Writes the request. */
  public void write(DataOutput out) throws IOException {
    out.writeByte(METHODS.indexOf(method));
    out.writeLong(seed);
    out.writeUTF(memory);
    out.writeBoolean(startsAnew);
    out.writeLong(halfLifeMillis);
    out.writeBoolean(weighted);
    out.writeLong(keepFrom);
    out.writeInt(draws.size());
    for (Draw draw : draws) {
      draw.write(out);
    }
  }

  /** Reads what {@link #write} wrote. */
  public static PartitionRequest read(DataInput in) throws IOException {
    Method method = METHODS.get(in.readByte());
    long seed = in.readLong();
    String memory = in.readUTF();
    boolean startsAnew = in.readBoolean();
    long halfLife = in.readLong();
    boolean weighted = in.readBoolean();
    long keepFrom = in.readLong();
    List<Draw> draws = new ArrayList<>();
    for (int remaining = in.readInt(); remaining > 0; remaining--) {
      draws.add(Draw.read(in));
    }
    return new PartitionRequest(
        method, seed, memory, startsAnew, halfLife, weighted, keepFrom, draws);
  }
}
