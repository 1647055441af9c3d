package dev.penstock.s3;

import dev.penstock.schemas.artifact.ArtifactStore;
import dev.penstock.schemas.artifact.ArtifactStoreFactory;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/**
 * Opens {@code s3://bucket/prefix?endpoint=http://host:port&path-style=true&region=name}. What the
 * URI does not say, and the credentials, come from the environment, as the AWS SDK finds them.
 */
public final class S3StoreFactory implements ArtifactStoreFactory {

  private static final Set<String> PARAMETERS = Set.of("endpoint", "path-style", "region");

  @Override
  public String scheme() {
    return "s3";
  }

  @Override
  public ArtifactStore open(URI root) {
    String bucket = root.getAuthority();
    if (bucket == null || bucket.isEmpty()) {
      throw new IllegalArgumentException("artifacts must name a bucket, got " + root);
    }
    Map<String, String> parameters = parameters(root);
    String path = root.getPath().replaceAll("^/+|/+$", "");
    return new S3ArtifactStore(client(parameters), bucket, path.isEmpty() ? "" : path + "/");
  }

  private static Map<String, String> parameters(URI root) {
    Map<String, String> parameters = new HashMap<>();
    String query = Optional.ofNullable(root.getQuery()).orElse("");
    for (String pair : query.split("&", -1)) {
      if (pair.isEmpty()) {
        continue;
      }
      String[] parts = pair.split("=", 2);
      if (parts.length < 2 || !PARAMETERS.contains(parts[0])) {
        throw new IllegalArgumentException(
            "parameters of artifacts must be endpoint, path-style or region, got " + pair);
      }
      parameters.put(parts[0], parts[1]);
    }
    return parameters;
  }

  private static S3Client client(Map<String, String> parameters) {
    S3ClientBuilder builder =
        S3Client.builder()
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            // Blobs are checked by their own digests; other servers do not know S3's newer ones.
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
            .forcePathStyle(Boolean.valueOf(parameters.getOrDefault("path-style", "false")));
    Optional<String> endpoint = Optional.ofNullable(parameters.get("endpoint"));
    endpoint.map(URI::create).ifPresent(builder::endpointOverride);
    // Servers of one's own have no regions, but the signature names one.
    Optional.ofNullable(parameters.get("region"))
        .or(() -> endpoint.map(any -> Region.US_EAST_1.id()))
        .map(Region::of)
        .ifPresent(builder::region);
    return builder.build();
  }
}
