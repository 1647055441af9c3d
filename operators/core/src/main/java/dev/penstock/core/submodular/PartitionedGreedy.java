package dev.penstock.core.submodular;

import dev.penstock.core.sampling.SampleHash;
import dev.penstock.core.stats.Require;
import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Maximizes a function of a set that is too large for one: in random parts, and then over what the
 * parts have chosen. With {@code m} parts of {@code n} elements the function is of {@code n / m}
 * elements at a time and of {@code m k} at last, so the similarities that are looked at are {@code
 * n² / m + (m k)²} in place of {@code n²}: least for {@code m = (n / k)^(2/3) / 2^(1/3)}.
 *
 * <p>GreeDi: Mirzasoleiman et al.: Distributed Submodular Maximization, NIPS 2013; for random parts
 * and monotone functions half of what greedy guarantees, in expectation (Barbosa et al.: The Power
 * of Randomization, ICML 2015).
 *
 * @param parts at least 1; with 1 it is the maximizer itself
 */
public record PartitionedGreedy(int parts, Greedy greedy, long seed) {

  public PartitionedGreedy {
    Require.atLeast("parts", parts, 1);
  }

  /**
   * Elements in the order in which they are added.
   *
   * @param size elements that there are
   * @param count of elements to add
   * @param functions the function of some of the elements, by their index among them
   * @throws IllegalArgumentException if there are not as many elements
   */
  public int[] maximize(int size, int count, Function<int[], SetFunction> functions) {
    Require.check(count >= 0 && count <= size, "count", "from 0 to " + size, count);
    long stream = SampleHash.stream(seed, 0);
    int[] union =
        parts == 1
            ? IntStream.range(0, size).toArray()
            : IntStream.range(0, parts)
                .mapToObj(
                    part ->
                        IntStream.range(0, size)
                            .filter(i -> part(SampleHash.of(stream, i)) == part)
                            .toArray())
                .flatMapToInt(members -> best(members, count, functions))
                .sorted()
                .toArray();
    return best(union, count, functions).toArray();
  }

  private int part(long hash) {
    return (int) Long.remainderUnsigned(hash, parts);
  }

  private IntStream best(int[] members, int count, Function<int[], SetFunction> functions) {
    int[] order = greedy.maximize(functions.apply(members), Math.min(count, members.length));
    return Arrays.stream(order).map(i -> members[i]);
  }
}
