package dev.penstock.s3;

import dev.penstock.schemas.ArtifactRef;
import dev.penstock.schemas.artifact.ArtifactStore;
import dev.penstock.schemas.artifact.Digests;
import java.net.URI;
import java.util.Optional;
import java.util.function.Consumer;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Objects {@code <prefix><first two digits>/<sha-256>} in a bucket. An object is there whole or not
 * at all, since S3 shows it only when its upload is complete.
 */
final class S3ArtifactStore implements ArtifactStore {

  private static final int DIGEST_DIGITS = 64;

  private final S3Client client;
  private final String bucket;
  private final String prefix;

  /**
   * A store.
   *
   * @param prefix of all keys; empty or ending in a slash
   */
  S3ArtifactStore(S3Client client, String bucket, String prefix) {
    this.client = client;
    this.bucket = bucket;
    this.prefix = prefix;
  }

  /** Puts the object even if it is there already: it is young again, and not taken for garbage. */
  @Override
  public ArtifactRef put(byte[] bytes) {
    String digest = Digests.sha256(bytes);
    client.putObject(
        request -> request.bucket(bucket).key(key(digest)), RequestBody.fromBytes(bytes));
    return ref(digest, bytes.length);
  }

  @Override
  public byte[] read(ArtifactRef ref) {
    Place place = Place.of(ref);
    try {
      return Digests.checked(
          client
              .getObjectAsBytes(request -> request.bucket(place.bucket).key(place.key))
              .asByteArray(),
          ref);
    } catch (NoSuchKeyException e) {
      throw Digests.missing(ref);
    }
  }

  @Override
  public byte[] readStart(ArtifactRef ref, int length) {
    Place place = Place.of(ref);
    try {
      return client
          .getObjectAsBytes(
              request ->
                  request
                      .bucket(place.bucket)
                      .key(place.key)
                      .range("bytes=0-" + (Math.min(length, ref.getSize()) - 1)))
          .asByteArray();
    } catch (NoSuchKeyException e) {
      throw Digests.missing(ref);
    }
  }

  @Override
  public ArtifactRef ref(String sha256, long size) {
    return new ArtifactRef("s3://" + bucket + "/" + key(sha256), sha256, size);
  }

  @Override
  public Optional<Stored> find(ArtifactRef ref) {
    Place place = Place.of(ref);
    try {
      HeadObjectResponse head =
          client.headObject(request -> request.bucket(place.bucket).key(place.key));
      return Optional.of(new Stored(ref, head.lastModified()));
    } catch (NoSuchKeyException e) {
      return Optional.empty();
    }
  }

  @Override
  public void list(Consumer<Stored> blobs) {
    client
        .listObjectsV2Paginator(request -> request.bucket(bucket).prefix(prefix))
        .contents()
        .forEach(object -> describe(object, blobs));
  }

  /** Other objects are not ours. */
  private void describe(S3Object object, Consumer<Stored> blobs) {
    String name = object.key().substring(object.key().lastIndexOf('/') + 1);
    if (name.length() == DIGEST_DIGITS && object.key().equals(key(name))) {
      blobs.accept(new Stored(ref(name, object.size()), object.lastModified()));
    }
  }

  @Override
  public void delete(ArtifactRef ref) {
    client.deleteObject(request -> request.bucket(bucket).key(key(ref.getSha256())));
  }

  private String key(String digest) {
    return prefix + digest.substring(0, 2) + "/" + digest;
  }

  /** Where a reference points: it may be to another bucket or prefix than this store's own. */
  private record Place(String bucket, String key) {

    static Place of(ArtifactRef ref) {
      URI uri = URI.create(ref.getUri());
      return new Place(uri.getAuthority(), uri.getPath().substring(1));
    }
  }
}
