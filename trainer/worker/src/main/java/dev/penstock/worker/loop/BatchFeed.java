package dev.penstock.worker.loop;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.penstock.models.FeatureScale;
import dev.penstock.models.Network;
import dev.penstock.models.PayloadBatch;
import dev.penstock.worker.data.SampleBuffer;
import dev.penstock.worker.data.SampleWeights;
import dev.penstock.worker.loop.TrainingLoop.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes batches ready on the device by a thread of its own, while those before are trained on. What
 * is in a batch does not depend on when it is made.
 */
final class BatchFeed implements AutoCloseable {

  /** Small batches are made several at a time: handing one over costs as much as making it. */
  private static final int UNIT_BYTES = 1 << 18;

  private static final int MAX_UNIT = 64;
  private static final long STOP_SECONDS = 10;

  private final Network network;
  private final FeatureScale.OnDevice scale;
  private final Target target;
  private final NDManager manager;
  private final int batchSize;

  /** Payloads of the unit that is trained on and of the next: arrays may share their memory. */
  private final PayloadBatch[][] payloads;

  private final ExecutorService maker = Executors.newSingleThreadExecutor();
  private int slot;
  private long waitNanos;

  /**
   * Samples and labels of a batch.
   *
   * @param scope for arrays that live as long as the batch
   * @param shares of the samples in the batch's weight; null: all the same
   */
  record Batch(NDManager scope, NDList input, NDList labels, @Nullable NDArray shares, int size)
      implements AutoCloseable {

    @Override
    public void close() {
      scope.close();
    }
  }

  /**
   * A feed.
   *
   * @param manager of the device
   */
  BatchFeed(
      Network network,
      FeatureScale.OnDevice scale,
      Target target,
      NDManager manager,
      int batchSize) {
    this.network = network;
    this.scale = scale;
    this.target = target;
    this.manager = manager;
    this.batchSize = batchSize;
    int payloadBytes = network.payload().bytes();
    int unit =
        Math.max(1, (int) Math.min(MAX_UNIT, UNIT_BYTES / ((long) batchSize * payloadBytes)));
    this.payloads = new PayloadBatch[2][unit];
    for (PayloadBatch[] ofUnit : payloads) {
      for (int i = 0; i < unit; i++) {
        ofUnit[i] = new PayloadBatch(payloadBytes);
      }
    }
  }

  /**
   * Goes through samples once.
   *
   * @param order indexes of samples in the buffer
   * @param weights of all samples in the buffer
   * @param first where in the order to begin, at the start of a batch
   * @param step trains on a batch
   */
  void epoch(
      SampleBuffer samples, int[] order, SampleWeights weights, int first, Consumer<Batch> step)
      throws InterruptedException {
    if (first >= order.length) {
      return;
    }
    Samples source = new Samples(samples, order, weights);
    Future<List<Batch>> next = make(source, first);
    for (int from = first; from < order.length; ) {
      List<Batch> unit = get(next);
      from += unit.stream().mapToInt(Batch::size).sum();
      if (from < order.length) {
        next = make(source, from);
      }
      for (Batch batch : unit) {
        try (batch) {
          step.accept(batch);
        }
      }
    }
  }

  /** Seconds that were waited for batches so far. */
  double waitSeconds() {
    return waitNanos / 1e9;
  }

  /** What an epoch goes through. */
  private record Samples(SampleBuffer buffer, int[] order, SampleWeights weights) {}

  private Future<List<Batch>> make(Samples samples, int from) {
    PayloadBatch[] unit = payloads[slot];
    slot = 1 - slot;
    return maker.submit(
        () -> {
          List<Batch> batches = new ArrayList<>();
          for (int i = 0; i < unit.length && from + i * batchSize < samples.order.length; i++) {
            batches.add(batch(unit[i], samples, from + i * batchSize));
          }
          return batches;
        });
  }

  private Batch batch(PayloadBatch payload, Samples samples, int from) {
    int[] order = samples.order;
    int size = Math.min(batchSize, order.length - from);
    payload.clear(size);
    for (int i = from; i < from + size; i++) {
      payload.add(samples.buffer.chunk(order[i]), samples.buffer.position(order[i]));
    }
    NDManager scope = manager.newSubManager();
    NDList input = network.input(scope, payload.payloads(), size, scale);
    NDList labels = new NDList(labels(scope, samples.buffer, order, from, size));
    NDArray shares =
        samples.weights.isEqual() ? null : scope.create(samples.weights.shares(order, from, size));
    return new Batch(scope, input, labels, shares, size);
  }

  private NDArray labels(NDManager scope, SampleBuffer samples, int[] order, int from, int size) {
    Shape shape = new Shape(size, 1);
    if (target == Target.CLASS) {
      long[] labels = new long[size];
      for (int i = 0; i < size; i++) {
        labels[i] = (long) samples.label(order[from + i]);
      }
      return scope.create(labels, shape);
    }
    float[] labels = new float[size];
    for (int i = 0; i < size; i++) {
      labels[i] = (float) target.learned(samples.label(order[from + i]));
    }
    return scope.create(labels, shape);
  }

  private List<Batch> get(Future<List<Batch>> unit) throws InterruptedException {
    long start = System.nanoTime();
    try {
      return unit.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("Batches could not be made", e.getCause());
    } finally {
      waitNanos += System.nanoTime() - start;
    }
  }

  /** Waits for batches that are being made; they are closed with the device's manager. */
  @Override
  public void close() {
    maker.shutdown();
    try {
      maker.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
