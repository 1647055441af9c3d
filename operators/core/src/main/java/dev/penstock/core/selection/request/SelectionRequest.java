package dev.penstock.core.selection.request;

import dev.penstock.core.selection.request.PartitionRequest.Method;
import java.util.List;

/**
 * What all partitions are asked for a training set.
 *
 * @param method how to choose
 * @param seed of the hashes
 * @param memory name of what is remembered of choices; empty: nothing is
 * @param startsAnew whether what is remembered is forgotten before this choice is added
 * @param halfLifeMillis of weights, for {@link Method#DECAYED}; else 0
 * @param weighted whether samples get weights
 * @param keepFrom by partition: offset from which on later requests may ask for samples
 * @param groups that samples are drawn of, all of which give some
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record SelectionRequest(
    Method method,
    long seed,
    String memory,
    boolean startsAnew,
    long halfLifeMillis,
    boolean weighted,
    long[] keepFrom,
    List<GroupDraw> groups) {

  /**
   * A group and how many of it.
   *
   * @param from by partition
   * @param to by partition
   * @param label class of the group; {@link Draw#ANY}: of all
   * @param size samples of the group
   * @param wanted of them
   * @param sizes by partition; empty where only their sum is known
   * @param quotas by partition; empty where only their sum is known
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record GroupDraw(
      long[] from, long[] to, int label, long size, long wanted, long[] sizes, long[] quotas) {

    private static final long[] UNKNOWN = {};

    static GroupDraw of(long[] from, long[] to, int label, long size, long wanted) {
      return new GroupDraw(from, to, label, size, wanted, UNKNOWN, UNKNOWN);
    }

    private Draw part(int partition) {
      return new Draw(
          from[partition],
          to[partition],
          label,
          size,
          wanted,
          sizes.length == 0 ? 0 : sizes[partition],
          quotas.length == 0 ? 0 : quotas[partition]);
    }
  }

  /** The lowest hashes of each group. */
  static SelectionRequest lowest(long seed, long[] keepFrom, List<GroupDraw> groups) {
    return new SelectionRequest(
        Method.LOWEST,
        seed,
        /* memory= */ "",
        /* startsAnew= */ false,
        /* halfLifeMillis= */ 0,
        /* weighted= */ false,
        keepFrom,
        groups);
  }

  SelectionRequest withWeights(boolean isWeighted) {
    return new SelectionRequest(
        method, seed, memory, startsAnew, halfLifeMillis, isWeighted, keepFrom, groups);
  }

  PartitionRequest part(int partition) {
    return new PartitionRequest(
        method,
        seed,
        memory,
        startsAnew,
        halfLifeMillis,
        weighted,
        keepFrom[partition],
        groups.stream().map(group -> group.part(partition)).toList());
  }
}
