package dev.penstock.cli.demo;

import dev.penstock.core.block.SampleBlock;
import dev.penstock.core.ledger.TriggerLedger;
import dev.penstock.core.timeline.Run;
import dev.penstock.core.timeline.Timeline;
import dev.penstock.schemas.spec.PipelineSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Knows what the job will decide about the samples sent so far, since decisions are a function of
 * the log: the same policies over the same merge. So the replay can wait for the models that the
 * next samples are to be tested with.
 */
final class LedgerMirror {

  private final Timeline timeline;
  private final Map<String, TriggerLedger> ledgers = new LinkedHashMap<>();
  private final long[] offsets;

  LedgerMirror(List<PipelineSpec> pipelines, int partitions) {
    long keep =
        pipelines.stream()
            .mapToLong(spec -> TriggerLedger.lastOf(spec.selection()).orElse(0))
            .max()
            .orElse(0);
    timeline = new Timeline(partitions, keep);
    offsets = new long[partitions];
    for (PipelineSpec spec : pipelines) {
      ledgers.put(spec.name(), new TriggerLedger(spec.trigger(), spec.selection()));
    }
  }

  /** A sample was sent. */
  void sample(int partition, long timestamp) {
    long offset = offsets[partition]++;
    timeline.add(SampleBlock.dense(partition, offset, new long[] {timestamp}, timestamp));
  }

  /** A progress marker was sent in every partition. Tells the tasks that follow from it. */
  List<String> progress(long timestamp) {
    for (int partition = 0; partition < offsets.length; partition++) {
      timeline.add(SampleBlock.marker(partition, offsets[partition]++, timestamp));
    }
    List<String> tasks = new ArrayList<>();
    Run run = timeline.releasable();
    ledgers.forEach(
        (pipeline, ledger) ->
            ledger.advance(
                run,
                entry -> {
                  if (entry.trains()) {
                    tasks.add(pipeline + "-" + entry.number());
                  }
                }));
    timeline.release(run);
    return tasks;
  }
}
