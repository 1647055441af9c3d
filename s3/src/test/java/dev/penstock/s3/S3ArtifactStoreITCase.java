package dev.penstock.s3;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.schemas.ArtifactRef;
import dev.penstock.schemas.artifact.ArtifactStore;
import java.net.URI;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A server that speaks S3's protocol, and checks signatures, keeps the contract. */
final class S3ArtifactStoreITCase extends ArtifactStoreContract {

  private static S3Server server;

  private final String prefix = UUID.randomUUID().toString();

  @BeforeAll
  static void startServer() throws Exception {
    server = S3Server.start();
    System.setProperty("aws.accessKeyId", S3Server.ACCESS_KEY);
    System.setProperty("aws.secretAccessKey", S3Server.SECRET_KEY);
  }

  @AfterAll
  static void stopServer() throws Exception {
    server.close();
    System.clearProperty("aws.accessKeyId");
    System.clearProperty("aws.secretAccessKey");
  }

  @Override
  ArtifactStore open() {
    return ArtifactStore.open(server.store(prefix));
  }

  @Override
  void damage(ArtifactRef ref, byte[] bytes) {
    String key = URI.create(ref.getUri()).getPath().substring(1);
    server.overwrite(key, bytes);
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
