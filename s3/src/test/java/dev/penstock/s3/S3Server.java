package dev.penstock.s3;

import java.net.URI;
import java.util.Map;
import org.gaul.s3proxy.AuthenticationType;
import org.gaul.s3proxy.S3Proxy;
import org.jclouds.ContextBuilder;
import org.jclouds.blobstore.BlobStoreContext;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** A server that speaks S3's protocol and checks signatures, with one bucket in memory. */
public final class S3Server implements AutoCloseable {

  static final String ACCESS_KEY = "penstock-test";
  static final String SECRET_KEY = "penstock-test-secret";
  private static final String BUCKET = "models";

  private final BlobStoreContext blobs;
  private final S3Proxy server;
  private final S3Client client;

  private S3Server(BlobStoreContext blobs, S3Proxy server) {
    this.blobs = blobs;
    this.server = server;
    this.client =
        S3Client.builder()
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .endpointOverride(endpoint())
            .region(Region.US_EAST_1)
            .forcePathStyle(/* forcePathStyle= */ true)
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .credentialsProvider(
                StaticCredentialsProvider.create(
                    AwsBasicCredentials.create(ACCESS_KEY, SECRET_KEY)))
            .build();
    client.createBucket(request -> request.bucket(BUCKET));
  }

  /** Starts a server at a free port of the loopback interface. */
  public static S3Server start() throws Exception {
    BlobStoreContext blobs = ContextBuilder.newBuilder("transient").build(BlobStoreContext.class);
    S3Proxy server =
        S3Proxy.builder()
            .blobStore(blobs.getBlobStore())
            .endpoint(URI.create("http://127.0.0.1:0"))
            .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, ACCESS_KEY, SECRET_KEY)
            .build();
    server.start();
    return new S3Server(blobs, server);
  }

  private URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getPort());
  }

  /** The artifact store of that prefix. */
  public URI store(String prefix) {
    return URI.create(
        "s3://%s/%s?endpoint=%s&path-style=true".formatted(BUCKET, prefix, endpoint()));
  }

  /** What a process needs to be let in. */
  public static Map<String, String> credentials() {
    return Map.of("AWS_ACCESS_KEY_ID", ACCESS_KEY, "AWS_SECRET_ACCESS_KEY", SECRET_KEY);
  }

  /** Keys of all objects. */
  public Iterable<String> keys() {
    return client.listObjectsV2Paginator(request -> request.bucket(BUCKET)).contents().stream()
        .map(object -> object.key())
        .toList();
  }

  void overwrite(String key, byte[] bytes) {
    client.putObject(request -> request.bucket(BUCKET).key(key), RequestBody.fromBytes(bytes));
  }

  @Override
  public void close() throws Exception {
    client.close();
    server.stop();
    blobs.close();
  }
}
