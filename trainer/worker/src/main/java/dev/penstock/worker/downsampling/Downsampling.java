package dev.penstock.worker.downsampling;

import dev.penstock.core.downsampling.BatchThenSample;
import dev.penstock.core.downsampling.Kept;
import dev.penstock.core.sampling.Ratio;
import dev.penstock.core.sampling.SampleHash;
import dev.penstock.core.selection.plan.DownsamplingSchedule;
import dev.penstock.schemas.spec.training.downsampling.DownsamplerSpec;
import dev.penstock.schemas.spec.training.downsampling.DownsamplerSpec.Mode;
import dev.penstock.schemas.spec.training.downsampling.DownsamplingMethod;
import dev.penstock.schemas.spec.training.downsampling.DownsamplingSpec;
import dev.penstock.worker.data.SampleBuffer;
import dev.penstock.worker.downsampling.Downsampler.Draw;
import dev.penstock.worker.downsampling.Scopes.Scope;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The choice of samples within a training: of the whole set before an epoch, or of each batch. */
public final class Downsampling {

  /** Not a number that an epoch or a part of one derives its seed from. */
  private static final long SEED = Long.MIN_VALUE;

  private final DownsamplerSpec spec;
  private final Downsampler downsampler;
  private final SampleScores scores;
  private final int[] candidates;
  private final long seed;
  private long nanos;
  private int selections;

  private Downsampling(
      DownsamplerSpec spec,
      Downsampler downsampler,
      SampleScores scores,
      int[] candidates,
      long seed) {
    this.spec = spec;
    this.downsampler = downsampler;
    this.scores = scores;
    this.candidates = candidates;
    this.seed = seed;
  }

  /** The downsampler of a trigger, which counts from 1; empty: its training is on all samples. */
  public static Optional<DownsamplerSpec> at(Optional<DownsamplingSpec> spec, long trigger) {
    return spec.flatMap(
        downsampling -> {
          List<DownsamplingSpec.Phase> phases = downsampling.phases();
          long[] thresholds =
              phases.stream()
                  .flatMap(phase -> phase.untilTrigger().stream())
                  .mapToLong(until -> until - downsampling.warmupTriggers())
                  .toArray();
          OptionalInt phase =
              DownsamplingSchedule.of(phases.size(), downsampling.warmupTriggers(), thresholds)
                  .at(trigger - 1);
          return phase.isPresent()
              ? Optional.of(phases.get(phase.getAsInt()).downsampler())
              : Optional.empty();
        });
  }

  /**
   * Begins the choices of a training; models that they need are trained now.
   *
   * @param samples all of the training set, read
   * @param candidates indexes of those that may be trained on, ascending
   * @param classes whether labels are classes
   * @param model that is trained
   */
  public static Downsampling begin(
      DownsamplerSpec spec,
      SampleBuffer samples,
      int[] candidates,
      boolean classes,
      ModelOutputs model,
      AuxiliaryModels auxiliary,
      long taskSeed)
      throws InterruptedException {
    long start = System.nanoTime();
    long seed = SampleHash.derive(taskSeed, SEED);
    SampleScores scores =
        new SampleScores(samples, classes ? SampleScores.Target.CLASS : SampleScores.Target.REAL);
    Downsamplers downsamplers = new Downsamplers(model, scores);
    Downsampling downsampling;
    if (spec.method() instanceof DownsamplingMethod.RhoLoss rho) {
      IrreducibleLoss loss = IrreducibleLoss.train(rho, downsamplers, auxiliary, candidates, seed);
      downsampling = new Downsampling(spec, loss, scores, loss.candidates(), seed);
    } else {
      downsampling =
          new Downsampling(spec, downsamplers.of(spec.method()), scores, candidates, seed);
    }
    downsampling.nanos = System.nanoTime() - start;
    return downsampling;
  }

  /** Whether samples are chosen of each batch, by {@link #ofBatch}. */
  public boolean isBatchwise() {
    return spec.mode() == Mode.BATCH_THEN_SAMPLE;
  }

  /** Whether there is another choice before an epoch, which counts from 1. */
  public boolean isDue(int epoch) {
    return epoch == 1 || (spec.period() > 0 && (epoch - 1) % spec.period() == 0);
  }

  /** Samples that may be chosen, ascending. */
  public int[] candidates() {
    return candidates.clone();
  }

  /** Chooses of all candidates. */
  public Selection select(int epoch) throws InterruptedException {
    long start = System.nanoTime();
    List<Scope> scopes =
        spec.perClass()
            ? Scopes.ofClasses(
                candidates,
                scores.labels(candidates),
                spec.amount(),
                downsampler.partSize(),
                SampleHash.derive(seed, epoch))
            : Scopes.whole(
                candidates, spec.amount(), downsampler.partSize(), SampleHash.derive(seed, epoch));
    SelectionBuilder selection = new SelectionBuilder();
    for (int i = 0; i < scopes.size(); i++) {
      Scope scope = scopes.get(i);
      Kept kept = downsampler.keep(scope.members(), scope.ratio(), new Draw(epoch, seed, i));
      selection.add(Selection.of(scope.members(), kept));
    }
    count(start);
    return selection.build();
  }

  /**
   * Chooses of a batch.
   *
   * @param number of the batch in its epoch
   */
  public Selection ofBatch(int[] batch, int epoch, int number) throws InterruptedException {
    long start = System.nanoTime();
    Ratio ratio = new Ratio(spec.amount().ratio(), spec.amount().ratioMax());
    Selection selection =
        Selection.of(batch, downsampler.keep(batch, ratio, new Draw(epoch, seed, number)));
    count(start);
    return selection;
  }

  /** How batches are read and trained where samples are chosen of each. */
  public BatchThenSample batches(int batchSize) {
    return new BatchThenSample(
        batchSize, new Ratio(spec.amount().ratio(), spec.amount().ratioMax()));
  }

  private void count(long start) {
    nanos += System.nanoTime() - start;
    selections++;
  }

  /** Time that choices took so far, with the training of models that they needed. */
  public double seconds() {
    return nanos / 1e9;
  }

  /** Choices so far. */
  public int selections() {
    return selections;
  }
}
