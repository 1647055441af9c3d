package dev.penstock.core.submodular;

/** How alike two elements are: symmetric, not negative, and most alike an element is itself. */
public interface Similarity {

  /** Number of elements. */
  int size();

  /** Similarity of two elements. */
  double of(int a, int b);

  /** Similarities that are given, row by row. The rows are not copied. */
  static Similarity matrix(double[][] rows) {
    return new Similarity() {
      @Override
      public int size() {
        return rows.length;
      }

      @Override
      public double of(int a, int b) {
        return rows[a][b];
      }
    };
  }

  /** The similarities among some of the elements, by their index in {@code members}. */
  default Similarity among(int[] members) {
    Similarity all = this;
    return new Similarity() {
      @Override
      public int size() {
        return members.length;
      }

      @Override
      public double of(int a, int b) {
        return all.of(members[a], members[b]);
      }
    };
  }
}
