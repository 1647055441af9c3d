package dev.penstock.worker.downsampling;

import dev.penstock.core.downsampling.ByClass;
import dev.penstock.core.sampling.Ratio;
import dev.penstock.core.sampling.SampleHash;
import dev.penstock.core.selection.plan.ProportionalShares;
import dev.penstock.schemas.spec.training.downsampling.DownsamplerSpec.Amount;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Divides samples into those that are chosen from by themselves: classes where that is declared,
 * and of a class that is larger than can be compared at once, random parts of about the same size.
 * Each gives its share; the sum of all is exact.
 */
final class Scopes {

  private Scopes() {}

  /**
   * Samples that are chosen from by themselves.
   *
   * @param members indexes in the buffer, ascending
   * @param count of them that are kept
   */
  record Scope(int[] members, int count) {

    Ratio ratio() {
      return new Ratio(count, members.length);
    }
  }

  /** How many are kept of a number of samples. */
  static int count(Amount amount, int samples) {
    return amount
        .samples()
        .map(number -> Math.min(number, samples))
        .orElseGet(() -> new Ratio(amount.ratio(), amount.ratioMax()).kept(samples));
  }

  /** The scopes of all members. */
  static List<Scope> whole(int[] members, Amount amount, int partSize, long seed) {
    return parts(new Scope(members, count(amount, members.length)), partSize, seed);
  }

  /** The scopes of every class. */
  static List<Scope> ofClasses(
      int[] members, long[] labels, Amount amount, int partSize, long seed) {
    List<int[]> classes = ByClass.members(labels);
    int[] counts =
        amount.samples().isPresent()
            ? shares(classes, count(amount, members.length))
            : classes.stream().mapToInt(one -> count(amount, one.length)).toArray();
    List<Scope> scopes = new ArrayList<>();
    for (int i = 0; i < counts.length; i++) {
      int[] ofClass = IntStream.of(classes.get(i)).map(at -> members[at]).toArray();
      scopes.addAll(parts(new Scope(ofClass, counts[i]), partSize, SampleHash.derive(seed, i)));
    }
    return scopes;
  }

  private static List<Scope> parts(Scope whole, int partSize, long seed) {
    int size = whole.members.length;
    int parts = (int) Math.ceil((double) size / partSize);
    if (parts <= 1) {
      return whole.count == 0 ? List.of() : List.of(whole);
    }
    List<int[]> divided = divide(whole.members, parts, SampleHash.stream(seed, 0));
    int[] counts = shares(divided, whole.count);
    return IntStream.range(0, counts.length)
        .filter(part -> counts[part] > 0)
        .mapToObj(part -> new Scope(divided.get(part), counts[part]))
        .toList();
  }

  private static List<int[]> divide(int[] members, int parts, long stream) {
    int[][] divided = new int[parts][members.length / parts + 1];
    int[] sizes = new int[parts];
    for (int member : members) {
      int part = (int) Long.remainderUnsigned(SampleHash.of(stream, member), parts);
      if (sizes[part] == divided[part].length) {
        divided[part] = Arrays.copyOf(divided[part], sizes[part] + sizes[part] / 8 + 1);
      }
      divided[part][sizes[part]++] = member;
    }
    return IntStream.range(0, parts)
        .mapToObj(part -> Arrays.copyOf(divided[part], sizes[part]))
        .toList();
  }

  private static int[] shares(List<int[]> groups, int count) {
    long[] sizes = groups.stream().mapToLong(group -> group.length).toArray();
    return Arrays.stream(ProportionalShares.of(sizes, count)).mapToInt(Math::toIntExact).toArray();
  }
}
