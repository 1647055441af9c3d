package dev.penstock.s3;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.schemas.ArtifactRef;
import dev.penstock.schemas.artifact.ArtifactStore;
import java.net.URI;
import java.util.UUID;
import org.gaul.s3proxy.AuthenticationType;
import org.gaul.s3proxy.S3Proxy;
import org.jclouds.ContextBuilder;
import org.jclouds.blobstore.BlobStoreContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** A server that speaks S3's protocol, and checks signatures, keeps the contract. */
final class S3ArtifactStoreITCase extends ArtifactStoreContract {

  private static final String ACCESS_KEY = "penstock-test";
  private static final String SECRET_KEY = "penstock-test-secret";
  private static final String BUCKET = "models";

  private static BlobStoreContext blobs;
  private static S3Proxy server;
  private static S3Client client;

  private final String prefix = UUID.randomUUID().toString();

  @BeforeAll
  static void startServer() throws Exception {
    blobs = ContextBuilder.newBuilder("transient").build(BlobStoreContext.class);
    server =
        S3Proxy.builder()
            .blobStore(blobs.getBlobStore())
            .endpoint(URI.create("http://127.0.0.1:0"))
            .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, ACCESS_KEY, SECRET_KEY)
            .build();
    server.start();
    System.setProperty("aws.accessKeyId", ACCESS_KEY);
    System.setProperty("aws.secretAccessKey", SECRET_KEY);
    client =
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

  @AfterAll
  static void stopServer() throws Exception {
    client.close();
    server.stop();
    blobs.close();
    System.clearProperty("aws.accessKeyId");
    System.clearProperty("aws.secretAccessKey");
  }

  private static URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getPort());
  }

  @Override
  ArtifactStore open() {
    return ArtifactStore.open(
        URI.create("s3://%s/%s?endpoint=%s&path-style=true".formatted(BUCKET, prefix, endpoint())));
  }

  @Override
  void damage(ArtifactRef ref, byte[] bytes) {
    String key = URI.create(ref.getUri()).getPath().substring(1);
    client.putObject(request -> request.bucket(BUCKET).key(key), RequestBody.fromBytes(bytes));
  }

  @Test
  void namesParametersThatThereAreNot() {
    assertThatThrownBy(() -> ArtifactStore.open(URI.create("s3://b/p?end-point=http://x")))
        .hasMessage(
            "parameters of artifacts must be endpoint, path-style or region,"
                + " got end-point=http://x");
    assertThatThrownBy(() -> ArtifactStore.open(URI.create("s3:///p")))
        .hasMessage("artifacts must name a bucket, got s3:///p");
  }

  @Test
  void namesTheSchemesThatThereAre() {
    assertThatThrownBy(() -> ArtifactStore.open(URI.create("gs://bucket")))
        .hasMessage("artifacts must be a file: or s3: URI, got gs://bucket");
  }
}
