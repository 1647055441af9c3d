package dev.penstock.worker.downsampling;

import dev.penstock.core.downsampling.Craig;
import dev.penstock.core.downsampling.GradMatch;
import dev.penstock.core.downsampling.ImportanceSampling;
import dev.penstock.core.downsampling.KCenterGreedy;
import dev.penstock.core.downsampling.Kept;
import dev.penstock.core.downsampling.Rs2;
import dev.penstock.core.downsampling.Submodular;
import dev.penstock.core.downsampling.Submodular.Objective;
import dev.penstock.core.downsampling.Uncertainty;
import dev.penstock.core.sampling.LowestKeys;
import dev.penstock.core.sampling.Ratio;
import dev.penstock.core.sampling.SampleHash;
import dev.penstock.core.submodular.Greedy;
import dev.penstock.core.submodular.PartitionedGreedy;
import dev.penstock.schemas.spec.training.downsampling.DownsamplingMethod;
import dev.penstock.schemas.spec.training.downsampling.DownsamplingMethod.Function;
import dev.penstock.schemas.spec.training.downsampling.DownsamplingMethod.ScoreMetric;
import dev.penstock.schemas.spec.training.downsampling.DownsamplingMethod.Search;

/**
 * Makes downsamplers of their specs.
 *
 * @param model that is trained
 * @param scores of samples by it
 */
record Downsamplers(ModelOutputs model, SampleScores scores) {

  /** Every downsampler but that of the reducible loss, which has a state. */
  Downsampler of(DownsamplingMethod method) {
    if (method instanceof DownsamplingMethod.Loss) {
      return (members, ratio, draw) ->
          ImportanceSampling.keep(scores.losses(model, members), ratio, seed(draw));
    }
    if (method instanceof DownsamplingMethod.GradientNorm norm) {
      return (members, ratio, draw) ->
          ImportanceSampling.keep(
              scores.gradientNorms(model, members, norm.gradients()), ratio, seed(draw));
    }
    if (method instanceof DownsamplingMethod.Uncertainty uncertainty) {
      Uncertainty metric = metric(uncertainty.scoreMetric());
      return (members, ratio, draw) -> lowest(scores.certainties(model, members, metric), ratio);
    }
    if (method instanceof DownsamplingMethod.KCenter kCenter) {
      return inParts(
          kCenter.partSize(),
          (members, ratio, draw) ->
              KCenterGreedy.keep(SampleScores.embeddings(model, members), ratio, seed(draw)));
    }
    if (method instanceof DownsamplingMethod.Submodular submodular) {
      return submodular(objective(submodular.function()), submodular.search());
    }
    if (method instanceof DownsamplingMethod.Craig craig) {
      return craig(craig.search());
    }
    if (method instanceof DownsamplingMethod.GradMatch match) {
      return gradMatch(match);
    }
    if (method instanceof DownsamplingMethod.Rs2 rs2) {
      return rs2(rs2);
    }
    throw new IllegalArgumentException("No downsampler for " + method);
  }

  private Downsampler submodular(Objective objective, Search search) {
    return inParts(
        search.partSize(),
        (members, ratio, draw) ->
            new Submodular(objective, greedy(search, draw))
                .keep(scores.gradients(model, members, search.gradients()), ratio));
  }

  private Downsampler craig(Search search) {
    return inParts(
        search.partSize(),
        (members, ratio, draw) ->
            new Craig(greedy(search, draw))
                .keep(
                    scores.gradients(model, members, search.gradients()),
                    scores.labels(members),
                    ratio));
  }

  /** Weights that add up to all gradients and not to their mean, so that parts can be joined. */
  private Downsampler gradMatch(DownsamplingMethod.GradMatch match) {
    return inParts(
        match.partSize(),
        (members, ratio, draw) -> {
          Kept kept =
              new GradMatch(match.penalty())
                  .keep(scores.gradients(model, members, match.gradients()), ratio);
          float[] weights = kept.weights().clone();
          for (int i = 0; i < weights.length; i++) {
            weights[i] *= members.length;
          }
          return new Kept(kept.indexes(), weights);
        });
  }

  private static Downsampler rs2(DownsamplingMethod.Rs2 rs2) {
    Rs2.Replacement replacement =
        rs2.withReplacement() ? Rs2.Replacement.WITH : Rs2.Replacement.WITHOUT;
    return (members, ratio, draw) ->
        new Rs2(ratio, replacement)
            .keep(members.length, draw.epoch() - 1, SampleHash.derive(draw.seed(), draw.scope()));
  }

  /** The lowest scores. */
  static Kept lowest(double[] scores, Ratio ratio) {
    return Kept.equally(LowestKeys.indexes(scores, ratio.kept(scores.length)));
  }

  private static PartitionedGreedy greedy(Search search, Downsampler.Draw draw) {
    Greedy greedy =
        switch (search.greedy()) {
          case LAZY -> Greedy.lazy();
          case NAIVE -> Greedy.naive();
          case STOCHASTIC -> Greedy.stochastic(search.epsilon(), seed(draw));
        };
    return new PartitionedGreedy(/* parts= */ 1, greedy, seed(draw));
  }

  /** Another seed for every epoch and scope. */
  private static long seed(Downsampler.Draw draw) {
    return SampleHash.derive(SampleHash.derive(draw.seed(), draw.epoch()), draw.scope());
  }

  private static Uncertainty metric(ScoreMetric metric) {
    return switch (metric) {
      case LEAST_CONFIDENCE -> Uncertainty.LEAST_CONFIDENCE;
      case ENTROPY -> Uncertainty.ENTROPY;
      case MARGIN -> Uncertainty.MARGIN;
    };
  }

  private static Objective objective(Function function) {
    return switch (function) {
      case FACILITY_LOCATION -> Objective.FACILITY_LOCATION;
      case GRAPH_CUT -> Objective.GRAPH_CUT;
      case LOG_DETERMINANT -> Objective.LOG_DETERMINANT;
    };
  }

  private static Downsampler inParts(int partSize, Downsampler downsampler) {
    return new Downsampler() {
      @Override
      public Kept keep(int[] members, Ratio ratio, Draw draw) throws InterruptedException {
        return downsampler.keep(members, ratio, draw);
      }

      @Override
      public int partSize() {
        return partSize;
      }
    };
  }
}
