package dev.penstock.core.submodular;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.penstock.core.sampling.SampleHash;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class GreedyTest {

  private static final List<Function<Similarity, SetFunction>> FUNCTIONS =
      List.of(FacilityLocation::new, GraphCut::new, LogDeterminant::new);

  @Test
  void lazyAddsWhatNaiveAdds() {
    for (int seed = 0; seed < 100; seed++) {
      for (Similarity similarity : similarities(seed)) {
        for (Function<Similarity, SetFunction> function : FUNCTIONS) {
          assertThat(Greedy.lazy().maximize(function.apply(similarity), 12))
              .isEqualTo(Greedy.naive().maximize(function.apply(similarity), 12));
        }
      }
    }
  }

  /** A step of a grid: many gains are the same. */
  @Test
  void lazyBreaksTiesAsNaiveDoes() {
    double[][] grid =
        IntStream.range(0, 49)
            .mapToObj(i -> new double[] {Math.floorDiv(i, 7), i % 7})
            .toArray(double[][]::new);
    for (Function<Similarity, SetFunction> function : FUNCTIONS) {
      assertThat(Greedy.lazy().maximize(function.apply(new Nearness(grid)), 49))
          .isEqualTo(Greedy.naive().maximize(function.apply(new Nearness(grid)), 49));
    }
  }

  @Test
  void gainsAreDifferencesOfTheFunctionAndOnlyShrink() {
    Similarity similarity = new Cosine(random(5, 20, 3));
    double[][] matrix = new double[20][20];
    for (int i = 0; i < 20; i++) {
      for (int j = 0; j < 20; j++) {
        matrix[i][j] = similarity.of(i, j);
      }
    }
    for (Function<Similarity, SetFunction> factory : FUNCTIONS) {
      SetFunction function = factory.apply(similarity);
      double[] before = new double[20];
      Arrays.fill(before, Double.POSITIVE_INFINITY);
      int[] set = new int[0];
      for (int element : new int[] {4, 11, 7}) {
        for (int i = 0; i < 20; i++) {
          if (!contains(set, i)) {
            double gain = function.gain(i);
            assertThat(gain)
                .isLessThanOrEqualTo(before[i])
                .isCloseTo(
                    value(function, matrix, with(set, i)) - value(function, matrix, set),
                    within(1e-9));
            before[i] = gain;
          }
        }
        function.add(element);
        set = with(set, element);
      }
    }
  }

  @Test
  void theDeterminantPrefersWhatIsNotYetExplained() {
    double[][] rows = {{1, 0}, {1, 0.01}, {1, 0.02}, {-1, 0}, {0, 1}};

    assertThat(Greedy.naive().maximize(new LogDeterminant(new Cosine(rows)), 3))
        .containsExactly(0, 3, 4);
  }

  @Test
  void elementsThatAreExplainedAreAddedInTheirOrder() {
    double[][] rows = {{1, 0}, {1, 0}, {1, 0}, {-1, 0}, {1, 0}};

    assertThat(Greedy.lazy().maximize(new LogDeterminant(new Cosine(rows)), 5))
        .containsExactly(0, 3, 1, 2, 4);
  }

  @Test
  void approximationsComeNearTheGreedySet() {
    double[][] rows = random(1, 300, 5);
    double greedy = value(Greedy.naive(), rows);

    assertThat(value(Greedy.approximatelyLazy(0.9), rows)).isGreaterThan(0.98 * greedy);
    assertThat(value(Greedy.approximatelyLazy(1), rows)).isEqualTo(greedy);
    assertThat(value(Greedy.stochastic(0.1, 3), rows)).isGreaterThan(0.97 * greedy);
    for (int parts : new int[] {2, 5, 10}) {
      int[] order =
          new PartitionedGreedy(parts, Greedy.lazy(), 3)
              .maximize(300, 15, members -> new FacilityLocation(new Nearness(at(rows, members))));
      assertThat(order).hasSize(15).doesNotHaveDuplicates();
      assertThat(value(order, rows)).isGreaterThan(0.97 * greedy);
    }
  }

  @Test
  void onePartIsTheMaximizerItself() {
    double[][] rows = random(2, 50, 4);

    assertThat(
            new PartitionedGreedy(1, Greedy.naive(), 3)
                .maximize(50, 9, members -> new GraphCut(new Cosine(at(rows, members)))))
        .isEqualTo(Greedy.naive().maximize(new GraphCut(new Cosine(rows)), 9));
  }

  @Test
  void randomChoicesAreThoseOfTheSeed() {
    double[][] rows = random(2, 100, 4);
    Function<Long, int[]> chosen =
        seed -> Greedy.stochastic(0.9, seed).maximize(new FacilityLocation(new Cosine(rows)), 10);

    assertThat(chosen.apply(1L)).isEqualTo(chosen.apply(1L)).isNotEqualTo(chosen.apply(2L));
    assertThat(chosen.apply(1L)).doesNotHaveDuplicates();
  }

  @Test
  void everyElementCanBeAdded() {
    for (Greedy greedy :
        List.of(
            Greedy.naive(),
            Greedy.lazy(),
            Greedy.approximatelyLazy(0.5),
            Greedy.stochastic(0.9, 1))) {
      for (Function<Similarity, SetFunction> function : FUNCTIONS) {
        assertThat(greedy.maximize(function.apply(new Cosine(random(1, 9, 2))), 9))
            .containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6, 7, 8);
        assertThat(greedy.maximize(function.apply(new Cosine(new double[0][])), 0)).isEmpty();
      }
    }
  }

  @Test
  void refusesSettingsWithoutMeaning() {
    assertThatThrownBy(() -> Greedy.stochastic(1, 0))
        .hasMessage("epsilon must be in (0, 1), got 1.0");
    assertThatThrownBy(() -> Greedy.approximatelyLazy(0))
        .hasMessage("beta must be in (0, 1], got 0.0");
    assertThatThrownBy(() -> new PartitionedGreedy(0, Greedy.lazy(), 0))
        .hasMessage("parts must be at least 1, got 0");
    assertThatThrownBy(
            () -> Greedy.lazy().maximize(new FacilityLocation(new Cosine(random(1, 3, 2))), 4))
        .hasMessage("count must be from 0 to 3, got 4");
  }

  private static List<Similarity> similarities(int seed) {
    double[][] rows = random(seed, 30, 1 + seed % 5);
    return List.of(new Cosine(rows), new Nearness(rows));
  }

  private static double[][] random(int seed, int size, int width) {
    double[][] rows = new double[size][width];
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < width; j++) {
        rows[i][j] = SampleHash.of(SampleHash.stream(seed, i), j) * 0x1p-63;
      }
    }
    return rows;
  }

  private static double[][] at(double[][] rows, int[] members) {
    return IntStream.of(members).mapToObj(i -> rows[i]).toArray(double[][]::new);
  }

  private static double value(Greedy greedy, double[][] rows) {
    return value(greedy.maximize(new FacilityLocation(new Nearness(rows)), 15), rows);
  }

  private static double value(int[] set, double[][] rows) {
    FacilityLocation function = new FacilityLocation(new Nearness(rows));
    for (int element : set) {
      function.add(element);
    }
    return function.value();
  }

  /** By definition, of a function of the same kind. */
  private static double value(SetFunction kind, double[][] matrix, int[] set) {
    if (kind instanceof LogDeterminant) {
      return Math.log(determinant(matrix, set));
    }
    double value = 0;
    for (double[] row : matrix) {
      value +=
          kind instanceof GraphCut
              ? IntStream.of(set).mapToDouble(i -> row[i]).sum()
              : IntStream.of(set).mapToDouble(i -> row[i]).max().orElse(0);
    }
    if (kind instanceof GraphCut) {
      for (int i : set) {
        value -= IntStream.of(set).filter(j -> j != i).mapToDouble(j -> matrix[i][j]).sum();
      }
    }
    return value;
  }

  /** By elimination. */
  private static double determinant(double[][] matrix, int[] set) {
    double[][] square =
        Arrays.stream(set).mapToObj(i -> row(matrix[i], set)).toArray(double[][]::new);
    double determinant = 1;
    for (int i = 0; i < square.length; i++) {
      determinant *= square[i][i];
      for (int r = i + 1; r < square.length; r++) {
        double factor = square[r][i] / square[i][i];
        for (int c = i; c < square.length; c++) {
          square[r][c] -= factor * square[i][c];
        }
      }
    }
    return determinant;
  }

  private static double[] row(double[] row, int[] set) {
    return IntStream.of(set).mapToDouble(i -> row[i]).toArray();
  }

  private static boolean contains(int[] set, int element) {
    return IntStream.of(set).anyMatch(i -> i == element);
  }

  private static int[] with(int[] set, int element) {
    int[] more = Arrays.copyOf(set, set.length + 1);
    more[set.length] = element;
    return more;
  }
}
