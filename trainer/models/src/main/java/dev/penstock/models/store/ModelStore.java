package dev.penstock.models.store;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import dev.penstock.models.store.WeightsHeader.Difference;
import dev.penstock.schemas.ArtifactRef;
import dev.penstock.schemas.ModelVersion;
import dev.penstock.schemas.artifact.ArtifactStore;
import dev.penstock.schemas.artifact.CorruptArtifactException;
import dev.penstock.schemas.artifact.Digests;
import dev.penstock.schemas.spec.storage.ModelStorageSpec;
import dev.penstock.schemas.spec.storage.ModelStorageSpec.Base;
import dev.penstock.schemas.spec.storage.ModelStorageSpec.Delta;
import java.lang.ref.SoftReference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The weights of model versions, however they are stored: whoever loads or stores weights does it
 * here, and knows of safetensors files only. Not thread-safe.
 */
public final class ModelStore {

  /** More than any header has. */
  private static final int START_BYTES = 4096;

  private static final byte[] NO_BASE = {};

  private final ArtifactStore artifacts;

  /**
   * What was loaded last: the next version is a difference to it. It may go when memory is short.
   */
  private SoftReference<Loaded> last = new SoftReference<>(null);

  private record Loaded(String sha256, byte[] file) {}

  /** The models of an artifact store. */
  public ModelStore(ArtifactStore artifacts) {
    this.artifacts = artifacts;
  }

  /**
   * The card of a version, JSON.
   *
   * @throws IllegalArgumentException if it was not trained
   * @throws CorruptArtifactException if it is damaged or missing
   */
  public byte[] card(ModelVersion version) {
    return artifacts.read(ref(version, version.getCard()));
  }

  /** The TorchScript file that a card names. */
  public byte[] module(ArtifactRef ref) {
    return artifacts.read(ref);
  }

  /**
   * The weights of a version as a safetensors file: the bytes that were stored.
   *
   * @throws IllegalArgumentException if it was not trained
   * @throws CorruptArtifactException if a file that they need is damaged or missing
   */
  public byte[] safetensors(ModelVersion version) {
    ArtifactRef ref = ref(version);
    List<StoredWeights> read = new ArrayList<>();
    try {
      return load(ref, version.getId(), read).clone();
    } catch (CorruptArtifactException | IllegalArgumentException e) {
      throw new CorruptArtifactException(
          "weights of " + version.getId() + " must be readable: " + e.getMessage() + chain(read));
    }
  }

  /** What was read and what it builds on, down to the file that cannot be read. */
  private static String chain(List<StoredWeights> read) {
    StringBuilder text = new StringBuilder();
    for (StoredWeights stored : read) {
      text.append(text.isEmpty() ? "; " + stored.model() : "")
          .append(" (" + stored.kind() + ", " + stored.ref().getUri() + ")")
          .append(stored.base().map(base -> " builds on " + base.model()).orElse(""));
    }
    return text.toString();
  }

  /** The bytes must not be changed: they are kept. */
  private byte[] load(ArtifactRef ref, String model, List<StoredWeights> read) {
    Loaded kept = last.get();
    if (kept != null && kept.sha256.equals(ref.getSha256())) {
      return kept.file;
    }
    byte[] stored = artifacts.read(ref);
    byte[] file = stored;
    if (WeightsHeader.isIn(stored)) {
      WeightsHeader header = WeightsHeader.read(stored);
      StoredWeights described = describe(ref, model, header);
      read.add(described);
      Optional<StoredWeights.Base> base = described.base();
      byte[] baseFile =
          base.isPresent() ? load(base.get().ref(), base.get().model(), read) : NO_BASE;
      file = decode(stored, header, baseFile);
    } else {
      read.add(plain(ref, model));
    }
    last = new SoftReference<>(new Loaded(ref.getSha256(), file));
    return file;
  }

  private static byte[] decode(byte[] stored, WeightsHeader header, byte[] base) {
    int start = WeightsHeader.payloadStart(stored);
    byte[] payload;
    try {
      payload = Zstd.decompress(Arrays.copyOfRange(stored, start, stored.length), header.size());
    } catch (ZstdException e) {
      throw new CorruptArtifactException("payload must be a zstd frame: " + e.getMessage());
    }
    byte[] file =
        new WeightsDelta(header.difference().map(Difference::operator), header.byteShuffle())
            .decode(payload, base);
    String digest = Digests.sha256(file);
    if (!digest.equals(header.sha256())) {
      throw new CorruptArtifactException(
          "SHA-256 of the weights must be " + header.sha256() + ", got " + digest);
    }
    return file;
  }

  /**
   * Stores weights.
   *
   * @param safetensors the file that is to be loaded again
   * @param parent the version that training started from; a difference is to it, or to what it
   *     builds on
   * @return the stored file
   */
  public ArtifactRef put(byte[] safetensors, ModelStorageSpec spec, Optional<ModelVersion> parent) {
    Optional<Basis> basis =
        spec instanceof Delta delta ? parent.flatMap(from -> basis(delta, from)) : Optional.empty();
    if (basis.isEmpty() && spec.zstdLevel() == 0) {
      return artifacts.put(safetensors);
    }
    byte[] payload =
        new WeightsDelta(basis.map(base -> base.difference.operator()), spec.byteShuffle())
            .encode(safetensors, basis.map(Basis::file).orElse(NO_BASE));
    WeightsHeader header =
        new WeightsHeader(
            basis.map(Basis::difference),
            basis.map(Basis::versionsSinceFull).orElse(0),
            spec.byteShuffle(),
            safetensors.length,
            Digests.sha256(safetensors));
    return artifacts.put(header.write(Zstd.compress(payload, spec.zstdLevel())));
  }

  /** What the next version is stored as a difference to. */
  private record Basis(Difference difference, byte[] file, int versionsSinceFull) {}

  /** Empty: the next version is to be stored by itself. */
  private Optional<Basis> basis(Delta spec, ModelVersion parent) {
    ArtifactRef parentRef = ref(parent);
    int number = header(parentRef).map(WeightsHeader::versionsSinceFull).orElse(0) + 1;
    if (number >= spec.fullModelInterval()) {
      return Optional.empty();
    }
    List<StoredWeights> chain = new ArrayList<>();
    byte[] file = load(parentRef, parent.getId(), chain);
    StoredWeights base = describe(parentRef, parent.getId());
    if (spec.base() == Base.FULL) {
      List<StoredWeights> all = chain(parent);
      base = all.get(all.size() - 1);
      file = load(base.ref(), base.model(), chain);
    }
    Difference difference =
        new Difference(spec.operator(), base.model(), base.ref().getSha256(), base.ref().getSize());
    return Optional.of(new Basis(difference, file, number));
  }

  /**
   * The files that a version's weights need: its own first, then what each builds on.
   *
   * @throws CorruptArtifactException if one is missing
   */
  public List<StoredWeights> chain(ModelVersion version) {
    List<StoredWeights> chain = new ArrayList<>();
    Optional<StoredWeights.Base> next =
        Optional.of(new StoredWeights.Base(ref(version), version.getId()));
    while (next.isPresent()) {
      StoredWeights stored = describe(next.get().ref(), next.get().model());
      chain.add(stored);
      next = stored.base();
    }
    return chain;
  }

  /** Whether the file of a version's weights is there, be it damaged or not. */
  public boolean isStored(ModelVersion version) {
    return artifacts.find(ref(version)).isPresent();
  }

  /**
   * How a version's weights are stored.
   *
   * @throws CorruptArtifactException if they are missing
   */
  public StoredWeights describe(ModelVersion version) {
    return describe(ref(version), version.getId());
  }

  private StoredWeights describe(ArtifactRef ref, String model) {
    return header(ref).map(header -> describe(ref, model, header)).orElse(plain(ref, model));
  }

  private StoredWeights describe(ArtifactRef ref, String model, WeightsHeader header) {
    String kind =
        header
            .difference()
            .map(delta -> "delta " + delta.operator().name().toLowerCase(Locale.ROOT))
            .orElse("full zstd");
    return new StoredWeights(
        ref,
        model,
        kind,
        header
            .difference()
            .map(
                delta ->
                    new StoredWeights.Base(
                        artifacts.ref(delta.sha256(), delta.size()), delta.model())),
        header.size());
  }

  private static StoredWeights plain(ArtifactRef ref, String model) {
    return new StoredWeights(ref, model, "safetensors", Optional.empty(), ref.getSize());
  }

  private Optional<WeightsHeader> header(ArtifactRef ref) {
    byte[] start = artifacts.readStart(ref, START_BYTES);
    return WeightsHeader.isIn(start) ? Optional.of(WeightsHeader.read(start)) : Optional.empty();
  }

  private static ArtifactRef ref(ModelVersion version) {
    return ref(version, version.getWeights());
  }

  private static ArtifactRef ref(ModelVersion version, @Nullable ArtifactRef ref) {
    if (ref == null) {
      throw new IllegalArgumentException("model version must be trained, got " + version.getId());
    }
    return ref;
  }
}
