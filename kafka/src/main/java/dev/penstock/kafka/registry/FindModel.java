package dev.penstock.kafka.registry;

import dev.penstock.schemas.ModelVersion;
import dev.penstock.schemas.spec.yaml.NearestWord;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Finds the version that a reference means in a log that is read newest first. */
final class FindModel implements Predicate<ModelVersion> {

  private final String reference;
  private final String pipeline;
  private final Optional<String> alias;
  private final Reigns reigns = new Reigns();
  private final SortedSet<String> ids = new TreeSet<>();
  private final SortedSet<String> pipelines = new TreeSet<>();
  private Optional<ModelVersion> found = Optional.empty();

  /**
   * A search.
   *
   * @param reference see {@link ModelRegistry#REFERENCE}
   * @throws IllegalArgumentException if there is no such alias
   */
  FindModel(String reference) {
    this.reference = reference;
    int at = reference.indexOf('@');
    pipeline = at < 0 ? "" : reference.substring(0, at);
    alias = at < 0 ? Optional.empty() : Optional.of(reference.substring(at + 1));
    List<String> aliases = List.of(Reigns.CHAMPION, Reigns.PREVIOUS);
    if (alias.isPresent() && !aliases.contains(alias.get())) {
      throw noModel(
          NearestWord.of(alias.get(), aliases)
              .map(nearest -> didYouMean(pipeline + "@" + nearest))
              .orElse(""));
    }
  }

  /** Takes a version and tells whether an earlier one is wanted. */
  @Override
  public boolean test(ModelVersion version) {
    pipelines.add(version.getPipeline());
    if (alias.isEmpty()) {
      ids.add(version.getId());
      found = Optional.of(version).filter(it -> it.getId().equals(reference));
    } else if (version.getPipeline().equals(pipeline)) {
      reigns.addEarlier(version);
      found = alias.get().equals(Reigns.CHAMPION) ? reigns.champion() : reigns.previous();
    }
    return found.isEmpty();
  }

  /**
   * The version.
   *
   * @param topic that was read
   * @throws IllegalArgumentException if there is none: it says which was probably meant
   */
  ModelVersion found(String topic) {
    return found.orElseThrow(() -> alias.isEmpty() ? noId(topic) : noReign());
  }

  private IllegalArgumentException noId(String topic) {
    if (ids.isEmpty()) {
      return noModel(", and topic " + topic + " is empty");
    }
    Optional<String> meant =
        pipelines.contains(reference)
            ? Optional.of(reference + "@" + Reigns.CHAMPION)
            : NearestWord.of(reference, ids);
    return noModel(
        ", which is not in topic " + topic + meant.map(FindModel::didYouMean).orElse(""));
  }

  private IllegalArgumentException noReign() {
    if (!pipelines.contains(pipeline)) {
      return ModelRegistry.unknownPipeline(pipeline, pipelines);
    }
    return new IllegalArgumentException(
        reigns
            .champion()
            .map(
                it ->
                    pipeline + " must have a previous model, got its champion only: " + it.getId())
            .orElse(pipeline + " must have a trained model, got failed ones only"));
  }

  private IllegalArgumentException noModel(String why) {
    return new IllegalArgumentException(
        "model must be " + ModelRegistry.REFERENCE + ", got " + reference + why);
  }

  private static String didYouMean(String nearest) {
    return "; did you mean " + nearest + "?";
  }
}
