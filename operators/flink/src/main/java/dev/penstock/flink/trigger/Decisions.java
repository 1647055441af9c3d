package dev.penstock.flink.trigger;

import dev.penstock.core.ledger.LedgerEntry;
import dev.penstock.core.trigger.Answer;
import dev.penstock.schemas.Decision;
import dev.penstock.schemas.Outcome;
import dev.penstock.schemas.PartitionOffset;
import dev.penstock.schemas.Score;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** Ledger entries as messages. */
final class Decisions {

  private Decisions() {}

  static Decision of(String pipeline, LedgerEntry entry, List<Integer> absentPartitions) {
    Answer answer = entry.answer();
    return Decision.newBuilder()
        .setPipeline(pipeline)
        .setNumber(entry.number())
        .setOutcome(answer.outcome() == Answer.Outcome.FIRED ? Outcome.FIRED : Outcome.HELD)
        .setTriggerNumber(entry.triggerNumber())
        .setPolicy(entry.policy())
        .setReason(answer.reason())
        .setScores(answer.measurements().stream().map(Decisions::score).toList())
        .setEvidence(entry.evidence())
        .setNewSamples(entry.newSamples())
        .setSliceTime(entry.sliceTime())
        .setBoundary(offsets(entry.boundary()))
        .setWindowStart(offsets(entry.windowStart()))
        .setWindowSamples(entry.windowSamples())
        .setAbsentPartitions(absentPartitions)
        .setModelVersion(answer.modelVersion().orElse(null))
        .build();
  }

  private static Score score(Answer.Measurement figure) {
    OptionalDouble threshold = figure.threshold();
    return new Score(
        figure.name(), figure.value(), threshold.isPresent() ? threshold.getAsDouble() : null);
  }

  private static List<PartitionOffset> offsets(long[] byPartition) {
    List<PartitionOffset> offsets = new ArrayList<>(byPartition.length);
    for (int partition = 0; partition < byPartition.length; partition++) {
      offsets.add(new PartitionOffset(partition, byPartition[partition]));
    }
    return offsets;
  }
}
