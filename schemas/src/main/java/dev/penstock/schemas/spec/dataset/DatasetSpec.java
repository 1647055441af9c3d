package dev.penstock.schemas.spec.dataset;

import static java.util.Objects.requireNonNull;

import dev.penstock.schemas.spec.check.Names;
import java.util.Optional;

/**
 * A dataset: a Kafka topic of samples with a declared payload and label.
 *
 * @param name name of the dataset, lower case, as {@link Names#PATTERN}
 * @param topic the sample log
 * @param payload what a sample's payload holds
 * @param label what a sample's label is
 * @param contract what else must hold of a record
 * @param source recorded files to read samples from; empty for a dataset that only lives in Kafka
 */
public record DatasetSpec(
    String name,
    String topic,
    PayloadSpec payload,
    LabelSpec label,
    ContractSpec contract,
    Optional<SourceSpec> source) {

  public DatasetSpec {
    Names.check("name", name);
    requireNonNull(topic, "topic is null");
    requireNonNull(payload, "payload is null");
    requireNonNull(label, "label is null");
    requireNonNull(contract, "contract is null");
    requireNonNull(source, "source is null");
  }

  /** The dataset as it lies in the sample log, its labels not yet made classes. */
  public DatasetSpec recorded() {
    return new DatasetSpec(name, topic, payload, label.recorded(), contract, source);
  }

  /** The same dataset without the files that it was recorded in: what a training task carries. */
  public DatasetSpec withoutSource() {
    return new DatasetSpec(name, topic, payload, label, contract, Optional.empty());
  }
}
