package dev.penstock.flink.selection;

import dev.penstock.core.selection.groups.TriggerGroups;
import dev.penstock.flink.StateBytes;
import dev.penstock.schemas.Decision;
import dev.penstock.schemas.serde.AvroCodec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/**
 * A fired decision and the groups of samples that its selection may take.
 *
 * @param pipeline name of the pipeline
 * @param decision encoded Decision
 * @param groups encoded TriggerGroups; empty: the selection needs none
 */
public record FiredDecision(String pipeline, byte[] decision, byte[] groups) {

  private static final byte[] NONE = {};

  /** A decision as a message. */
  public static FiredDecision of(
      Decision decision, AvroCodec<Decision> codec, Optional<TriggerGroups> groups) {
    try {
      return new FiredDecision(
          decision.getPipeline(),
          codec.encode(decision),
          groups.isPresent() ? StateBytes.write(groups.get()::write) : NONE);
    } catch (IOException e) {
      throw new UncheckedIOException("Groups could not be written", e);
    }
  }

  Optional<TriggerGroups> readGroups() throws IOException {
    return groups.length == 0
        ? Optional.empty()
        : Optional.of(StateBytes.read(groups, TriggerGroups::read));
  }
}
