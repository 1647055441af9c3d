package dev.penstock.cli.models;

import dev.penstock.kafka.registry.Reigns;
import dev.penstock.models.store.ModelStore;
import dev.penstock.schemas.ArtifactRef;
import dev.penstock.schemas.ModelStatus;
import dev.penstock.schemas.ModelVersion;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which versions keep their weights: of every pipeline the newest, the champion and the one before,
 * those that are younger than an age, and those that are named; and every file that one of them
 * builds on.
 *
 * @param keep newest versions of each pipeline, at least 1
 * @param olderThan only versions that were finished longer ago lose their weights
 * @param pinned ids of versions that keep theirs
 */
record Retention(int keep, Duration olderThan, Set<String> pinned) {

  Retention {
    if (keep < 1) {
      throw new IllegalArgumentException("--keep must be positive, got " + keep);
    }
    pinned = Set.copyOf(pinned);
  }

  /** Digests of files that must stay. What an earlier, narrower retention deleted is gone. */
  Set<String> needed(Catalog catalog, ModelStore models, Instant now) {
    Set<String> needed = new HashSet<>();
    for (Reigns reigns : catalog.pipelines().values()) {
      for (ModelVersion version : kept(reigns, now)) {
        if (models.isStored(version)) {
          models.chain(version).forEach(stored -> needed.add(stored.ref().getSha256()));
        }
      }
    }
    return needed;
  }

  /** Files of weights that nobody needs any more, by the versions whose they are. */
  Map<ArtifactRef, String> expired(Catalog catalog, Set<String> needed) {
    Map<ArtifactRef, String> expired = new LinkedHashMap<>();
    for (Reigns reigns : catalog.pipelines().values()) {
      for (ModelVersion version : reigns.records()) {
        ArtifactRef ref = version.getWeights();
        if (ref != null && !needed.contains(ref.getSha256())) {
          expired.merge(ref, version.getId(), (one, other) -> one + ", " + other);
        }
      }
    }
    return expired;
  }

  private List<ModelVersion> kept(Reigns reigns, Instant now) {
    List<ModelVersion> trained =
        reigns.records().stream()
            .filter(version -> version.getStatus() == ModelStatus.TRAINED)
            .toList();
    List<ModelVersion> kept = new ArrayList<>(List.copyOf(trained));
    kept.removeIf(version -> isOld(version, now) && !pinned.contains(version.getId()));
    List<ModelVersion> models =
        trained.stream().filter(version -> version.getRestores() == null).toList();
    kept.addAll(models.subList(Math.max(0, models.size() - keep), models.size()));
    reigns.champion().ifPresent(kept::add);
    reigns.previous().ifPresent(kept::add);
    return kept;
  }

  private boolean isOld(ModelVersion version, Instant now) {
    return Instant.ofEpochMilli(version.getFinishedAt()).isBefore(now.minus(olderThan));
  }
}
