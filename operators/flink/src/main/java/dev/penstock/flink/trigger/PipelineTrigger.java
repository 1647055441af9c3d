package dev.penstock.flink.trigger;

import dev.penstock.core.ledger.LedgerEntry;
import dev.penstock.core.ledger.TriggerLedger;
import dev.penstock.core.timeline.Run;
import dev.penstock.core.trigger.Answer.Measurement;
import dev.penstock.core.trigger.Answer.Outcome;
import dev.penstock.core.trigger.TriggerContext;
import dev.penstock.schemas.spec.PipelineSpec;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/** A pipeline's ledger with its metrics. */
final class PipelineTrigger {

  private final String name;
  private final TriggerLedger ledger;
  private final long samplesToKeep;
  private final Counter fired;
  private final Counter held;
  private final Counter seen;

  /** Scores of the last decision with any, by name. */
  private final Map<String, Measurement> figures = new HashMap<>();

  private final MetricGroup group;

  PipelineTrigger(PipelineSpec spec, TriggerContext context, MetricGroup metrics) {
    this.name = spec.name();
    this.ledger = new TriggerLedger(spec.trigger(), spec.selection(), context);
    this.samplesToKeep = TriggerLedger.mostLastOf(spec.selection()).orElse(0);
    this.group = metrics.addGroup("pipeline", name);
    this.fired = group.counter("triggersFired");
    this.held = group.counter("triggersHeld");
    this.seen = group.counter("samplesSeen");
  }

  String name() {
    return name;
  }

  long samplesToKeep() {
    return samplesToKeep;
  }

  void advance(Run run, Consumer<LedgerEntry> entries) {
    seen.inc(run.size());
    ledger.advance(
        run,
        entry -> {
          (entry.answer().outcome() == Outcome.FIRED ? fired : held).inc();
          entry.answer().measurements().forEach(this::show);
          entries.accept(entry);
        });
  }

  /** Shows what a policy last measured as gauges, from the first time on. */
  private void show(Measurement figure) {
    if (figures.put(figure.name(), figure) == null) {
      MetricGroup named = group.addGroup("metric", figure.name());
      named.gauge("driftScore", () -> last(figure.name()).value());
      named.gauge("driftThreshold", () -> last(figure.name()).threshold().orElse(Double.NaN));
    }
  }

  private Measurement last(String figure) {
    return figures.getOrDefault(figure, Measurement.of(figure, Double.NaN));
  }

  void write(DataOutput out) throws IOException {
    out.writeUTF(name);
    ledger.write(out);
  }

  static String readName(DataInput in) throws IOException {
    return in.readUTF();
  }

  String read(DataInput in) throws IOException {
    String pipeline = readName(in);
    ledger.read(in);
    return pipeline;
  }
}
