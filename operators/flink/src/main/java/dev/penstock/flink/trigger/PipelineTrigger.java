package dev.penstock.flink.trigger;

import dev.penstock.core.timeline.Run;
import dev.penstock.core.trigger.Answer.Outcome;
import dev.penstock.core.trigger.LedgerEntry;
import dev.penstock.core.trigger.TriggerLedger;
import dev.penstock.schemas.spec.PipelineSpec;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
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

  PipelineTrigger(PipelineSpec spec, MetricGroup metrics) {
    this.name = spec.name();
    this.ledger = new TriggerLedger(spec.trigger(), spec.selection());
    this.samplesToKeep = TriggerLedger.lastOf(spec.selection()).orElse(0);
    MetricGroup group = metrics.addGroup("pipeline", name);
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
          entries.accept(entry);
        });
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
