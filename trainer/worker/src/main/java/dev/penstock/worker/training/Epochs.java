package dev.penstock.worker.training;

import dev.penstock.models.Network;
import dev.penstock.models.Safetensors;
import dev.penstock.schemas.TrainingTask;
import dev.penstock.schemas.spec.training.HoldOutSpec;
import dev.penstock.schemas.spec.training.TrainingSpec;
import dev.penstock.worker.data.SampleBuffer;
import dev.penstock.worker.data.SampleLoading;
import dev.penstock.worker.data.SampleWeights;
import dev.penstock.worker.data.UsedSamples;
import dev.penstock.worker.downsampling.Downsampling;
import dev.penstock.worker.downsampling.ModelOutputs;
import dev.penstock.worker.downsampling.Selection;
import dev.penstock.worker.loop.EpochOrder;
import dev.penstock.worker.loop.Progress;
import dev.penstock.worker.loop.TrainingLoop;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The epochs of a training, which may go on from where another process was. */
final class Epochs {

  private final TrainingTask task;
  private final TrainingSpec spec;
  private final Network network;
  private final TrainingLoop loop;
  private final SampleBuffer samples;
  private final SampleWeights weights;
  private final HoldOut holdOut;
  private final UsedSamples used;
  private final EarlyStopping stopping;
  private final Saving saving;

  /** Null: all samples are trained on. */
  private @Nullable DownsampledEpochs chosen;

  private Progress progress = Progress.START;
  private double loss;
  private double holdOutLoss = Double.NaN;
  private long resumedSteps;
  private long waitNanos;

  Epochs(
      TrainingTask task,
      TrainingSpec spec,
      Network network,
      TrainingLoop loop,
      SampleBuffer samples,
      SampleWeights weights,
      HoldOut holdOut,
      Saving saving) {
    this.task = task;
    this.spec = spec;
    this.network = network;
    this.loop = loop;
    this.samples = samples;
    this.weights = weights;
    this.holdOut = holdOut;
    this.used = new UsedSamples(samples.size());
    this.stopping = new EarlyStopping(spec.holdOut().flatMap(HoldOutSpec::earlyStopping));
    this.saving = saving;
  }

  /** Trains on chosen samples only, in all epochs. */
  void choose(Downsampling downsampling) {
    int[] trained = holdOut.trained(samples.labelled());
    SampleWeights lossWeights = LossWeights.of(spec.classWeights(), weights, samples, trained);
    chosen =
        new DownsampledEpochs(
            loop, spec, task.getSeed(), samples, weights, lossWeights, used, downsampling);
  }

  SampleBuffer samples() {
    return samples;
  }

  SampleWeights weights() {
    return weights;
  }

  /** The network in its present state. */
  ModelOutputs outputs() {
    return loop.outputs(samples);
  }

  /** Goes on from the last checkpoint, if there is one. */
  void resume() {
    if (saving.checkpoint().read(this::read)) {
      resumedSteps = loop.optimizer().steps();
    }
  }

  /** Trains what is left; a first epoch part by part, while samples are still being read. */
  void run(SampleLoading loading) throws InterruptedException {
    boolean goesOn = true;
    if (loading.parts() > 1 && progress.epoch() == 1) {
      runParts(loading);
      goesOn = endEpoch();
    }
    loading.awaitAll();
    int[] trained = holdOut.trained(samples.labelled());
    Training.checkLabelled(trained, samples);
    SampleWeights product = LossWeights.of(spec.classWeights(), weights, samples, trained);
    Amount amount = Amount.of(spec, task.getTriggerNumber());
    while (goesOn && amount.isLeftAfter(progress)) {
      if (chosen == null) {
        runWhole(trained.clone(), product, amount);
      } else {
        runChosen(chosen);
      }
      goesOn = endEpoch();
      if (chosen != null && goesOn) {
        saveIfDue();
      }
    }
    stopping.restoreBest(network);
  }

  private void runParts(SampleLoading loading) throws InterruptedException {
    int[] order = {};
    for (int part = 0; part < loading.parts(); part++) {
      long start = System.nanoTime();
      int[] arrived = holdOut.trained(loading.await(part));
      waitNanos += System.nanoTime() - start;
      EpochOrder.shufflePart(arrived, task.getSeed(), part);
      order = IntStream.concat(IntStream.of(order), IntStream.of(arrived)).toArray();
      // What does not fill a batch waits for the next part.
      boolean isLast = part == loading.parts() - 1;
      int ready = isLast ? order.length : order.length - order.length % spec.batchSize();
      step(Arrays.copyOf(order, ready), weights);
    }
    used.add(order, weights);
  }

  private void runWhole(int[] order, SampleWeights product, Amount amount)
      throws InterruptedException {
    if (spec.shuffle()) {
      EpochOrder.shuffle(order, task.getSeed(), progress.epoch());
    }
    long begun = progress.passes() - progress.index();
    int[] gone = Arrays.copyOf(order, amount.ofEpoch(order.length, begun));
    step(gone, product);
    used.add(gone, weights);
  }

  /** Which samples these are depends on the weights, so that it is only saved between epochs. */
  private void runChosen(DownsampledEpochs epochs) throws InterruptedException {
    loss = epochs.run(progress.epoch());
    Training.checkLoss(loss, progress.epoch());
    progress = new Progress(progress.epoch(), 0, 0, used.passes());
  }

  /** Goes through what is left of these first samples of the epoch's order. */
  private void step(int[] order, SampleWeights lossWeights) throws InterruptedException {
    progress = loop.run(samples, order, lossWeights, progress, this::afterStep);
    loss = progress.meanLoss();
    Training.checkLoss(loss, progress.epoch());
  }

  /** Whether another epoch may follow. */
  private boolean endEpoch() throws InterruptedException {
    boolean goesOn = goesOnAfterEpoch();
    progress = progress.nextEpoch();
    return goesOn;
  }

  private boolean goesOnAfterEpoch() throws InterruptedException {
    int[] heldOut = holdOut.heldOut(samples.labelled());
    if (heldOut.length == 0) {
      return true;
    }
    holdOutLoss = loop.evaluate(samples, heldOut);
    return stopping.goesOnAfter(progress.epoch(), holdOutLoss, network);
  }

  private void afterStep(Progress newProgress) {
    progress = newProgress;
    saveIfDue();
  }

  private void saveIfDue() {
    if (saving.isDue(loop.optimizer().steps())) {
      saving.checkpoint().write(this::write);
    }
  }

  private void write(DataOutputStream out) throws IOException {
    progress.write(out);
    used.write(out);
    stopping.write(out);
    out.writeLong(loop.optimizer().steps());
    loop.lossScale().write(out);
    writeBytes(Safetensors.write(network.weights(), Map.of()), out);
    writeBytes(Safetensors.write(loop.optimizer().state(), Map.of()), out);
    Selection selection = chosen == null ? null : chosen.selection();
    out.writeBoolean(selection != null);
    if (selection != null) {
      selection.write(out);
    }
  }

  private void read(DataInputStream in) throws IOException {
    progress = Progress.read(in);
    used.read(in);
    stopping.read(in);
    long steps = in.readLong();
    loop.lossScale().read(in);
    network.setWeights(Safetensors.read(readBytes(in)));
    loop.optimizer().restore(Safetensors.read(readBytes(in)), steps);
    if (in.readBoolean() && chosen != null) {
      chosen.restore(Selection.read(in));
    }
  }

  private static void writeBytes(byte[] bytes, DataOutputStream out) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static byte[] readBytes(DataInputStream in) throws IOException {
    byte[] bytes = new byte[in.readInt()];
    in.readFully(bytes);
    return bytes;
  }

  /** What was trained on. */
  UsedSamples used() {
    return used;
  }

  void addTo(Map<String, Double> metrics) {
    if (chosen != null) {
      chosen.addTo(metrics);
    }
    metrics.put("loss", loss);
    metrics.put("epochs", (double) progress.epoch() - 1);
    metrics.put("steps", (double) loop.optimizer().steps());
    metrics.put("resumedSteps", (double) resumedSteps);
    metrics.put("waitSeconds", waitNanos / 1e9 + loop.waitSeconds());
    if (loop.lossScale().isDynamic()) {
      metrics.put("lossScale", loop.lossScale().factor());
      metrics.put("stepsLeftOut", (double) loop.lossScale().leftOut());
    }
    if (!Double.isNaN(holdOutLoss)) {
      metrics.put("holdOutLoss", stopping.bestOr(holdOutLoss));
      metrics.put("bestEpoch", (double) stopping.bestEpochOr(progress.epoch() - 1));
    }
  }
}
