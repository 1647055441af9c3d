package dev.penstock.core.evaluation;

import dev.penstock.schemas.spec.EvaluationSpec.Slice;
import dev.penstock.schemas.spec.dataset.LabelSpec;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Cuts one pipeline's scored samples, which come in position order, into slices. */
public final class SliceEvaluator {

  private final Slice slicing;
  private final StreamMetrics metrics;
  private final SortedMap<String, Long> models = new TreeMap<>();
  private long slice;
  private long samples;
  private long scored;
  private long from;
  private long to;

  /** An evaluator at the start of the stream. */
  public SliceEvaluator(Slice slicing, LabelSpec label) {
    this.slicing = slicing;
    this.metrics =
        label instanceof LabelSpec.Classes classes
            ? new ClassMetrics(classes.count())
            : new RealMetrics();
  }

  /** A labelled sample with its score. */
  public record Scored(long time, double label, float predicted, float logLoss) {}

  /**
   * Takes the next sample.
   *
   * @param model id of the version that scored it; null: none was active
   * @param results told when a slice is complete
   */
  public void add(Scored sample, @Nullable String model, Consumer<SliceResult> results) {
    if (samples > 0 && slicing instanceof Slice.Every every) {
      long length = every.every().toMillis();
      if (Math.floorDiv(sample.time, length) != Math.floorDiv(to, length)) {
        finish(results);
      }
    }
    if (samples == 0) {
      from = sample.time;
    }
    to = sample.time;
    samples++;
    if (model != null) {
      scored++;
      models.merge(model, 1L, Long::sum);
      metrics.scored(sample.label, sample.predicted, sample.logLoss);
    }
    metrics.learn(sample.label);
    if (slicing instanceof Slice.Samples size && samples == size.samples()) {
      finish(results);
    }
  }

  /** Ends the slice that is open, if it has a sample: the stream has ended. */
  public void finish(Consumer<SliceResult> results) {
    if (samples == 0) {
      return;
    }
    results.accept(
        new SliceResult(slice, from, to, samples, scored, Map.copyOf(models), metrics.values()));
    slice++;
    samples = 0;
    scored = 0;
    models.clear();
    metrics.nextSlice();
  }

  /** Writes the state. */
  public void write(DataOutput out) throws IOException {
    out.writeLong(slice);
    out.writeLong(samples);
    out.writeLong(scored);
    out.writeLong(from);
    out.writeLong(to);
    out.writeInt(models.size());
    for (Map.Entry<String, Long> model : models.entrySet()) {
      out.writeUTF(model.getKey());
      out.writeLong(model.getValue());
    }
    metrics.write(out);
  }

  /** Takes up what {@link #write} wrote, under the same spec. */
  public void read(DataInput in) throws IOException {
    slice = in.readLong();
    samples = in.readLong();
    scored = in.readLong();
    from = in.readLong();
    to = in.readLong();
    models.clear();
    for (int remaining = in.readInt(); remaining > 0; remaining--) {
      models.put(in.readUTF(), in.readLong());
    }
    metrics.read(in);
  }
}
