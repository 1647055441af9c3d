package dev.penstock.cli.models;

import dev.penstock.schemas.ModelStatus;
import dev.penstock.schemas.ModelVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The versions of a pipeline, and which of them are active one after the other: each trained one
 * from when it is published, and each that is rolled back to from then on, until the next.
 */
final class Reigns {

  private final List<ModelVersion> records = new ArrayList<>();
  private final List<ModelVersion> active = new ArrayList<>();

  void add(ModelVersion version) {
    records.add(version);
    if (version.getStatus() == ModelStatus.TRAINED) {
      active.add(version);
    }
  }

  /** Id of the version that was trained to the weights of this one. */
  static String model(ModelVersion version) {
    return version.getRestores() == null ? version.getId() : version.getRestores();
  }

  /** All records, rollbacks too. */
  List<ModelVersion> records() {
    return records;
  }

  /** The version whose weights are used now. */
  Optional<ModelVersion> champion() {
    return active.isEmpty() ? Optional.empty() : Optional.of(active.get(active.size() - 1));
  }

  /** The version that was the champion before another one became it. */
  Optional<ModelVersion> previous() {
    Optional<String> champion = champion().map(Reigns::model);
    for (int i = active.size() - 1; i >= 0; i--) {
      if (!model(active.get(i)).equals(champion.orElseThrow())) {
        return Optional.of(active.get(i));
      }
    }
    return Optional.empty();
  }

  /** Names of a trained model, separated by commas; empty: it has none. */
  String aliases(String model) {
    List<String> aliases = new ArrayList<>();
    champion().filter(it -> model(it).equals(model)).ifPresent(it -> aliases.add(Catalog.CHAMPION));
    previous().filter(it -> model(it).equals(model)).ifPresent(it -> aliases.add(Catalog.PREVIOUS));
    return String.join(",", aliases);
  }
}
