package dev.penstock.worker.downsampling;

import dev.penstock.core.downsampling.Kept;
import dev.penstock.core.downsampling.RhoLoss;
import dev.penstock.core.sampling.LowestKeys;
import dev.penstock.core.sampling.Ratio;
import dev.penstock.core.sampling.SampleHash;
import dev.penstock.schemas.spec.training.downsampling.DownsamplingMethod;
import dev.penstock.schemas.spec.training.downsampling.DownsamplingMethod.Holdout;
import java.util.Arrays;
import java.util.BitSet;
import java.util.stream.IntStream;

/**
 * Keeps the samples of the highest reducible loss. Their irreducible losses are those of models
 * that were not trained on them, trained once, before the first choice.
 *
 * <p>Mindermann et al.: Prioritized Training on Points that are Learnable, Worth Learning, and Not
 * Yet Learnt, ICML 2022. Held-out samples are not trained on; of twins every sample is a candidate.
 */
final class IrreducibleLoss implements Downsampler {

  /** Half of the samples. */
  private static final Ratio HALF = Ratio.percent(50);

  private static final long FIRST = 1;
  private static final long SECOND = 2;

  private final ModelOutputs model;
  private final SampleScores scores;
  private final int[] candidates;

  /** By index in the buffer. */
  private final double[] irreducible;

  private IrreducibleLoss(
      ModelOutputs model, SampleScores scores, int[] candidates, double[] irreducible) {
    this.model = model;
    this.scores = scores;
    this.candidates = candidates;
    this.irreducible = irreducible;
  }

  /**
   * Trains the models.
   *
   * @param labelled samples that there are
   */
  static IrreducibleLoss train(
      DownsamplingMethod.RhoLoss spec,
      Downsamplers downsamplers,
      AuxiliaryModels models,
      int[] labelled,
      long seed)
      throws InterruptedException {
    SampleScores scores = downsamplers.scores();
    double[] irreducible = new double[scores.samples().size()];
    boolean twin = spec.holdout() == Holdout.TWIN;
    int[][] halves = split(labelled, twin ? HALF : Ratio.percent(spec.holdoutRatio()), seed);
    if (halves[0].length == 0 || halves[1].length == 0) {
      throw new IllegalArgumentException(
          "training set must have 2 labelled samples for rho-loss, got " + labelled.length);
    }
    ask(models, scores, spec.epochs(), halves[0], halves[1], irreducible, seed + FIRST);
    if (twin) {
      ask(models, scores, spec.epochs(), halves[1], halves[0], irreducible, seed + SECOND);
    }
    return new IrreducibleLoss(
        downsamplers.model(), scores, twin ? labelled : halves[1], irreducible);
  }

  /** Trains on some samples and writes the losses of others. */
  private static void ask(
      AuxiliaryModels models,
      SampleScores scores,
      int epochs,
      int[] trained,
      int[] asked,
      double[] irreducible,
      long seed)
      throws InterruptedException {
    try (AuxiliaryModels.Auxiliary auxiliary = models.train(trained, epochs, seed)) {
      double[] losses = scores.losses(auxiliary, asked);
      for (int i = 0; i < losses.length; i++) {
        irreducible[asked[i]] = losses[i];
      }
    }
  }

  /** A random share of the samples, one at least, and the others. */
  static int[][] split(int[] members, Ratio ratio, long seed) {
    long stream = SampleHash.stream(seed, 0);
    LowestKeys lowest = new LowestKeys(ratio.kept(members.length));
    for (int i = 0; i < members.length; i++) {
      lowest.add(LowestKeys.key(SampleHash.of(stream, members[i])), i);
    }
    BitSet share = new BitSet(members.length);
    IntStream.of(lowest.indexes()).forEach(share::set);
    return new int[][] {
      IntStream.range(0, members.length).filter(share::get).map(i -> members[i]).toArray(),
      IntStream.range(0, members.length).filter(i -> !share.get(i)).map(i -> members[i]).toArray()
    };
  }

  /** Samples that may be kept. */
  int[] candidates() {
    return candidates;
  }

  @Override
  public Kept keep(int[] members, Ratio ratio, Draw draw) throws InterruptedException {
    double[] irreducibleOfMembers =
        Arrays.stream(members).mapToDouble(i -> irreducible[i]).toArray();
    return RhoLoss.keep(
        RhoLoss.reducible(scores.losses(model, members), irreducibleOfMembers), ratio);
  }
}
