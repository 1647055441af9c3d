package dev.penstock.core.downsampling;

import dev.penstock.core.sampling.Ratio;
import dev.penstock.core.submodular.Cosine;
import dev.penstock.core.submodular.FacilityLocation;
import dev.penstock.core.submodular.GraphCut;
import dev.penstock.core.submodular.LogDeterminant;
import dev.penstock.core.submodular.PartitionedGreedy;
import dev.penstock.core.submodular.SetFunction;
import dev.penstock.core.submodular.Similarity;
import java.util.Arrays;

/**
 * Keeps samples whose gradients represent those of all, by their directions. Guo, Zhao, Bai:
 * DeepCore, DEXA 2022, as in Modyn, but for the determinant (see {@link LogDeterminant}).
 *
 * @param objective what represents well
 * @param greedy how it is maximized
 */
public record Submodular(Objective objective, PartitionedGreedy greedy) {

  /** What represents well. */
  public enum Objective {
    FACILITY_LOCATION,
    GRAPH_CUT,
    LOG_DETERMINANT;

    /** The function by similarities. */
    public SetFunction of(Similarity similarity) {
      return switch (this) {
        case FACILITY_LOCATION -> new FacilityLocation(similarity);
        case GRAPH_CUT -> new GraphCut(similarity);
        case LOG_DETERMINANT -> new LogDeterminant(similarity);
      };
    }
  }

  /** Keeps the share of the samples, each counting the same. */
  public Kept keep(double[][] gradients, Ratio ratio) {
    Similarity similarity = new Cosine(gradients);
    int[] order =
        greedy.maximize(
            gradients.length,
            ratio.kept(gradients.length),
            members -> objective.of(similarity.among(members)));
    Arrays.sort(order);
    return Kept.equally(order);
  }
}
