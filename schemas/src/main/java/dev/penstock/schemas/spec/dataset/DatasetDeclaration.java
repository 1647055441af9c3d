package dev.penstock.schemas.spec.dataset;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A dataset as its file declares it. Payload and label may be left out where there are recorded
 * files to infer them from.
 *
 * @param name name of the dataset
 * @param topic the sample log
 * @param payload what a sample's payload holds; empty: to be inferred
 * @param label what a sample's label is; empty: to be inferred
 * @param contract what else must hold of a record
 * @param source recorded files
 * @param directory the file's folder, which the source's files are relative to
 */
public record DatasetDeclaration(
    String name,
    String topic,
    Optional<PayloadSpec> payload,
    Optional<LabelSpec> label,
    ContractSpec contract,
    Optional<SourceSpec> source,
    Path directory) {

  /** Whether nothing has to be inferred. */
  public boolean isComplete() {
    return payload.isPresent() && label.isPresent();
  }

  /**
   * The dataset, all of which was declared.
   *
   * @throws IllegalStateException if payload or label were left out
   */
  public DatasetSpec complete() {
    if (payload.isEmpty() || label.isEmpty()) {
      throw new IllegalStateException(
          "payload and label of dataset "
              + name
              + " must be declared; `penstock describe` infers them from the recorded files");
    }
    return complete(payload.get(), label.get());
  }

  /** The dataset with what was inferred in place of what was left out. */
  public DatasetSpec complete(PayloadSpec inferredPayload, LabelSpec inferredLabel) {
    return new DatasetSpec(
        name,
        topic,
        payload.orElse(inferredPayload),
        label.orElse(inferredLabel),
        contract,
        source);
  }
}
