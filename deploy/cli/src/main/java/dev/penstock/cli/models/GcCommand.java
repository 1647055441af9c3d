package dev.penstock.cli.models;

import dev.penstock.cli.option.ArtifactOptions;
import dev.penstock.cli.text.Figures;
import dev.penstock.kafka.registry.ModelRegistry;
import dev.penstock.models.store.ModelStore;
import dev.penstock.schemas.ArtifactRef;
import dev.penstock.schemas.artifact.ArtifactStore;
import dev.penstock.schemas.artifact.ArtifactStore.Stored;
import dev.penstock.schemas.artifact.ArtifactStore.Unfinished;
import dev.penstock.schemas.topic.KafkaOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Deletes weights of old versions, but none that a kept version needs. */
@Command(
    name = "gc",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Tells which files of old versions' weights nobody needs any more, and which a"
            + " writer that was killed left unfinished; with --yes, deletes them. The versions"
            + " stay in the log. Cards and training sets stay in the store.")
final class GcCommand implements Callable<Integer> {

  @Mixin private final KafkaOptions kafka = new KafkaOptions();
  @Mixin private final ArtifactOptions store = new ArtifactOptions();

  @Option(
      names = "--keep",
      required = true,
      paramLabel = "N",
      description = "newest versions of each pipeline that keep their weights")
  private int keep;

  @Option(
      names = "--older-than",
      defaultValue = "PT0S",
      paramLabel = "ISO",
      description = "only versions that were finished so long ago, such as P30D (default: all)")
  private Duration olderThan = Duration.ZERO;

  @Option(
      names = "--pin",
      paramLabel = "MODEL",
      description = "keeps its weights, may be repeated; champion and previous always do")
  private List<String> pins = new ArrayList<>();

  @Option(
      names = "--grace",
      defaultValue = "PT24H",
      paramLabel = "ISO",
      description =
          "files that were stored, and versions that were finished, within this time"
              + " stay: longer than a training takes (default: ${DEFAULT-VALUE})")
  private Duration grace = Duration.ofHours(24);

  @Option(
      names = "--orphans",
      description =
          "also files that no record of this log refers to, such as those of trainings"
              + " that were killed: only where the store has no other user")
  private boolean orphans;

  @Option(names = "--yes", description = "delete (default: tell only)")
  private boolean yes;

  @Override
  public Integer call() {
    ArtifactStore artifacts = store.open();
    Instant now = Instant.now();
    // The store before the log: what is stored and published in between is in the log.
    Map<String, Stored> old = new LinkedHashMap<>();
    artifacts.list(blob -> addIfOld(blob, now, old));
    List<Unfinished> unfinished = unfinished(artifacts, now);
    Map<ArtifactRef, String> garbage = garbage(artifacts, now, old);
    long bytes = 0;
    for (Map.Entry<ArtifactRef, String> file : garbage.entrySet()) {
      bytes += file.getKey().getSize();
      tell(file.getValue(), file.getKey().getSize(), file.getKey().getUri());
    }
    for (Unfinished file : unfinished) {
      bytes += file.size();
      tell("(unfinished)", file.size(), file.uri());
    }
    if (yes) {
      garbage.keySet().forEach(ref -> delete(artifacts, ref, now));
      unfinished.forEach(artifacts::deleteUnfinished);
    }
    System.out.printf(
        "%s, %s bytes%s%n",
        Figures.count(garbage.size() + unfinished.size(), "file"),
        Figures.count(bytes),
        yes ? " deleted" : ": nothing deleted; --yes does");
    return CommandLine.ExitCode.OK;
  }

  private static void tell(String what, long bytes, String uri) {
    System.out.printf("%s  %s bytes  %s%n", what, Figures.count(bytes), uri);
  }

  /** What a writer that was killed left behind: whoever still writes has written of late. */
  private List<Unfinished> unfinished(ArtifactStore artifacts, Instant now) {
    List<Unfinished> old = new ArrayList<>();
    artifacts.listUnfinished(
        file -> {
          if (isOld(file.writtenAt(), now)) {
            old.add(file);
          }
        });
    return old;
  }

  private boolean isOld(Instant time, Instant now) {
    return time.isBefore(now.minus(grace));
  }

  private void addIfOld(Stored blob, Instant now, Map<String, Stored> old) {
    if (isOld(blob.storedAt(), now)) {
      old.put(blob.ref().getSha256(), blob);
    }
  }

  private Map<ArtifactRef, String> garbage(
      ArtifactStore artifacts, Instant now, Map<String, Stored> old) {
    Catalog catalog = Catalog.read(kafka);
    ModelRegistry registry = new ModelRegistry(kafka);
    Set<String> pinned =
        pins.stream().map(pin -> registry.version(pin).getId()).collect(Collectors.toSet());
    Duration age = olderThan.compareTo(grace) > 0 ? olderThan : grace;
    Retention retention = new Retention(keep, age, pinned);
    Set<String> needed = retention.needed(catalog, new ModelStore(artifacts), now);
    Map<ArtifactRef, String> garbage = retention.expired(catalog, needed);
    garbage.keySet().removeIf(ref -> !old.containsKey(ref.getSha256()));
    if (orphans) {
      Set<String> referred = References.read(kafka);
      for (Stored blob : old.values()) {
        String digest = blob.ref().getSha256();
        if (!referred.contains(digest) && !needed.contains(digest)) {
          garbage.put(blob.ref(), "(orphan)");
        }
      }
    }
    return garbage;
  }

  /** Unless it was stored again meanwhile. */
  private void delete(ArtifactStore artifacts, ArtifactRef ref, Instant now) {
    Optional<Stored> present = artifacts.find(ref);
    if (present.isPresent() && isOld(present.get().storedAt(), now)) {
      artifacts.delete(ref);
    }
  }
}
