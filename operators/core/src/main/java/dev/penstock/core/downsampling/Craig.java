package dev.penstock.core.downsampling;

import dev.penstock.core.sampling.Ratio;
import dev.penstock.core.submodular.FacilityLocation;
import dev.penstock.core.submodular.Nearness;
import dev.penstock.core.submodular.PartitionedGreedy;
import dev.penstock.core.submodular.Similarity;
import java.util.Arrays;
import java.util.List;

/**
 * Keeps the samples whose gradients are nearest to those of all, each weighed by how many it stands
 * for. Mirzasoleiman, Bilmes, Leskovec: Coresets for Data-efficient Training of Machine Learning
 * Models, ICML 2020.
 *
 * <p>Samples of different classes are not alike at all, those of a class by {@link Nearness}. The
 * weight is 1 and the number of samples to which no other one that is kept is more similar, in case
 * of a tie the first; a class of which none is kept counts for the first sample of all. So in
 * DeepCore and Modyn; the paper's weight is the number alone. Modyn's gradients depend on the batch
 * in which they were computed, and its gains on {@code selection-batch}; here neither does.
 *
 * @param greedy how the similarity to all is maximized
 */
public record Craig(PartitionedGreedy greedy) {

  /** Keeps the share of the samples. */
  public Kept keep(double[][] gradients, long[] labels, Ratio ratio) {
    return keep(similarity(gradients, labels), ratio);
  }

  /** Keeps the share of elements of given similarities. */
  public Kept keep(Similarity similarity, Ratio ratio) {
    int[] chosen =
        greedy.maximize(
            similarity.size(),
            ratio.kept(similarity.size()),
            members -> new FacilityLocation(similarity.among(members)));
    Arrays.sort(chosen);
    int[] sizes = clusterSizes(similarity, chosen);
    float[] weights = new float[sizes.length];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = 1 + sizes[i];
    }
    return new Kept(chosen, weights);
  }

  /** Similarities of samples by their gradients within their class; 0 between classes. */
  public static Similarity similarity(double[][] gradients, long[] labels) {
    List<int[]> classes = ByClass.members(labels);
    int[] classOf = new int[labels.length];
    int[] indexInClass = new int[labels.length];
    for (int c = 0; c < classes.size(); c++) {
      for (int i = 0; i < classes.get(c).length; i++) {
        classOf[classes.get(c)[i]] = c;
        indexInClass[classes.get(c)[i]] = i;
      }
    }
    List<Nearness> nearness =
        classes.stream().map(members -> new Nearness(ByClass.at(gradients, members))).toList();
    return new Similarity() {
      @Override
      public int size() {
        return classOf.length;
      }

      @Override
      public double of(int a, int b) {
        return classOf[a] == classOf[b]
            ? nearness.get(classOf[a]).of(indexInClass[a], indexInClass[b])
            : 0;
      }
    };
  }

  /** How many elements are most similar to each chosen one, in case of a tie the first of them. */
  public static int[] clusterSizes(Similarity similarity, int[] chosen) {
    int[] sizes = new int[chosen.length];
    for (int i = 0; i < similarity.size() && chosen.length > 0; i++) {
      int best = 0;
      for (int c = 1; c < chosen.length; c++) {
        if (similarity.of(chosen[c], i) > similarity.of(chosen[best], i)) {
          best = c;
        }
      }
      sizes[best]++;
    }
    return sizes;
  }
}
