package dev.penstock.kafka.registry;

import dev.penstock.schemas.ModelStatus;
import dev.penstock.schemas.ModelVersion;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The versions of a pipeline, and which of them are active one after the other: each trained one
 * from when it is published, and each that is rolled back to from then on, until the next. They are
 * taken newest first, so that a log need not be read whole to know who reigns.
 */
public final class Reigns {

  public static final String CHAMPION = "champion";
  public static final String PREVIOUS = "previous";

  private final Deque<ModelVersion> records = new ArrayDeque<>();
  private @Nullable ModelVersion champion;
  private @Nullable ModelVersion previous;

  /** Takes the version before those that were taken so far. */
  public void addEarlier(ModelVersion version) {
    records.addFirst(version);
    if (version.getStatus() != ModelStatus.TRAINED) {
      return;
    }
    if (champion == null) {
      champion = version;
    } else if (previous == null && !model(version).equals(model(champion))) {
      previous = version;
    }
  }

  /** Id of the version that was trained to the weights of this one. */
  public static String model(ModelVersion version) {
    return version.getRestores() == null ? version.getId() : version.getRestores();
  }

  /** All records, oldest first, rollbacks too. */
  public List<ModelVersion> records() {
    return List.copyOf(records);
  }

  /** The version whose weights are used now. */
  public Optional<ModelVersion> champion() {
    return Optional.ofNullable(champion);
  }

  /** The version that was the champion before another one became it. */
  public Optional<ModelVersion> previous() {
    return Optional.ofNullable(previous);
  }

  /** Names of a trained model, separated by commas; empty: it has none. */
  public String aliases(String model) {
    List<String> aliases = new ArrayList<>();
    champion().filter(it -> model(it).equals(model)).ifPresent(it -> aliases.add(CHAMPION));
    previous().filter(it -> model(it).equals(model)).ifPresent(it -> aliases.add(PREVIOUS));
    return String.join(",", aliases);
  }
}
