package dev.penstock.flink.selection;

import dev.penstock.schemas.Decision;
import dev.penstock.schemas.Outcome;
import dev.penstock.schemas.PartitionOffset;
import dev.penstock.schemas.serde.AvroCodec;
import java.io.Serial;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFlatMapFunction;
import org.apache.flink.util.Collector;

/**
 * Sends a fired decision to every partition's selector. Those without a new sample, or without one
 * to select from, train nothing.
 */
public final class DecisionFanOut extends RichFlatMapFunction<Decision, PartitionDecision> {

  @Serial private static final long serialVersionUID = 1L;

  private transient AvroCodec<Decision> codec;

  @Override
  public void open(OpenContext context) {
    codec = AvroCodec.of(Decision.class);
  }

  @Override
  public void flatMap(Decision decision, Collector<PartitionDecision> out) {
    if (decision.getOutcome() != Outcome.FIRED
        || decision.getNewSamples() == 0
        || decision.getWindowSamples() == 0) {
      return;
    }
    byte[] bytes = codec.encode(decision);
    for (PartitionOffset boundary : decision.getBoundary()) {
      out.collect(new PartitionDecision(boundary.getPartition(), bytes));
    }
  }
}
