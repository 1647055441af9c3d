package dev.penstock.worker.training;

import dev.penstock.schemas.spec.training.TrainingSpec;
import dev.penstock.worker.data.SampleBuffer;
import dev.penstock.worker.data.SampleWeights;
import dev.penstock.worker.data.UsedSamples;
import dev.penstock.worker.downsampling.Downsampling;
import dev.penstock.worker.downsampling.Selection;
import dev.penstock.worker.downsampling.SelectionBuilder;
import dev.penstock.worker.loop.EpochOrder;
import dev.penstock.worker.loop.TrainingLoop;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Epochs that go through chosen samples only. Which these are in an epoch depends on the weights at
 * its beginning, so that a training can be resumed there with the {@link #selection} that was in
 * use.
 */
final class DownsampledEpochs {

  private final TrainingLoop loop;
  private final TrainingSpec spec;
  private final long seed;
  private final SampleBuffer samples;
  private final SampleWeights weights;
  private final SampleWeights lossWeights;
  private final UsedSamples used;
  private final Downsampling downsampling;
  private @Nullable Selection selection;

  /**
   * Epochs of a training.
   *
   * @param weights of all samples in the buffer
   * @param lossWeights the same, times those of their classes
   * @param used is told what is trained on
   */
  DownsampledEpochs(
      TrainingLoop loop,
      TrainingSpec spec,
      long seed,
      SampleBuffer samples,
      SampleWeights weights,
      SampleWeights lossWeights,
      UsedSamples used,
      Downsampling downsampling) {
    this.loop = loop;
    this.spec = spec;
    this.seed = seed;
    this.samples = samples;
    this.weights = weights;
    this.lossWeights = lossWeights;
    this.used = used;
    this.downsampling = downsampling;
  }

  /**
   * Trains an epoch.
   *
   * @param epoch from 1
   * @return mean loss of the samples that were trained on
   */
  double run(int epoch) throws InterruptedException {
    if (downsampling.isBatchwise()) {
      return batchwise(epoch);
    }
    if (selection == null || downsampling.isDue(epoch)) {
      selection = downsampling.select(epoch);
    }
    int[] order = selection.indexes().clone();
    if (spec.shuffle()) {
      EpochOrder.shuffle(order, seed, epoch);
    }
    return train(order, selection, epoch);
  }

  /** Samples in use; null: none yet, or they are chosen batch by batch. */
  @Nullable Selection selection() {
    return selection;
  }

  /**
   * Every batch is looked at, and as soon as as many samples as a batch has were kept, the model is
   * updated with them. What is left over at the end is a smaller batch.
   */
  private double batchwise(int epoch) throws InterruptedException {
    int[] order = downsampling.candidates();
    if (spec.shuffle()) {
      EpochOrder.shuffle(order, seed, epoch);
    }
    double sum = 0;
    int trained = 0;
    int number = 0;
    SelectionBuilder kept = new SelectionBuilder();
    for (int from = 0; from < order.length; from += spec.batchSize()) {
      int to = Math.min(from + spec.batchSize(), order.length);
      kept.add(downsampling.ofBatch(Arrays.copyOfRange(order, from, to), epoch, number++));
      if (kept.size() >= spec.batchSize() || to == order.length) {
        Selection update = kept.build();
        sum += update.indexes().length * train(update.indexes(), update, epoch);
        trained += update.indexes().length;
        kept = new SelectionBuilder();
      }
    }
    return sum / Math.max(1, trained);
  }

  private double train(int[] order, Selection chosen, int epoch) throws InterruptedException {
    double loss = loop.epoch(samples, order, chosen.times(lossWeights, samples.size()), epoch);
    used.add(order, chosen.times(weights, samples.size()));
    return loss;
  }

  /** Goes on with samples that were in use when the training was saved. */
  void restore(@Nullable Selection saved) {
    selection = saved;
  }

  /** What choices cost. */
  void addTo(Map<String, Double> metrics) {
    metrics.put("selections", (double) downsampling.selections());
    metrics.put("selectionSeconds", downsampling.seconds());
  }
}
