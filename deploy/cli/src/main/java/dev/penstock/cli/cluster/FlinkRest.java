package dev.penstock.cli.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Flink's REST API, as far as it is needed. */
public final class FlinkRest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration TIMEOUT = Duration.ofMinutes(2);

  private final HttpClient client = HttpClient.newHttpClient();
  private final URI root;

  /** The API at {@code root}, such as http://127.0.0.1:8081. */
  public FlinkRest(URI root) {
    this.root = root;
  }

  /** Where the API and the web UI are. */
  public URI root() {
    return root;
  }

  /** Slots that are there; empty: the cluster cannot be reached (yet). */
  public Optional<Integer> slots() throws InterruptedException {
    try {
      return Optional.of(get("/overview").path("slots-total").asInt());
    } catch (IOException | IllegalStateException e) {
      // Nobody listens yet, or the JobManager is still being elected.
      return Optional.empty();
    }
  }

  /** Uploads a jar and returns its id. */
  public String upload(Path jar) throws IOException, InterruptedException {
    String boundary = UUID.randomUUID().toString();
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    String head =
        "--"
            + boundary
            + "\r\nContent-Disposition: form-data; name=\"jarfile\"; filename=\""
            + jar.getFileName()
            + "\"\r\nContent-Type: application/x-java-archive\r\n\r\n";
    body.writeBytes(head.getBytes(StandardCharsets.UTF_8));
    body.writeBytes(Files.readAllBytes(jar));
    body.writeBytes(("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.UTF_8));
    HttpRequest request =
        request("/jars/upload")
            .header("Content-Type", "multipart/form-data; boundary=" + boundary)
            .POST(HttpRequest.BodyPublishers.ofByteArray(body.toByteArray()))
            .build();
    String file = send(request).path("filename").asText();
    return file.substring(file.lastIndexOf('/') + 1);
  }

  /**
   * Runs a main of an uploaded jar and returns the job's id.
   *
   * @param checkpoint that the job goes on from; empty: it starts without state
   */
  public String run(String jarId, String main, List<String> args, Optional<URI> checkpoint)
      throws IOException, InterruptedException {
    ObjectNode body = JSON.createObjectNode();
    body.put("entryClass", main);
    args.forEach(body.putArray("programArgsList")::add);
    checkpoint.ifPresent(uri -> body.put("savepointPath", uri.toString()));
    HttpRequest request =
        request("/jars/" + jarId + "/run")
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
            .build();
    return send(request).path("jobid").asText();
  }

  /** Ends a job; its last checkpoint stays. */
  public void cancel(String jobId) throws IOException, InterruptedException {
    var unused =
        send(
            request("/jobs/" + jobId + "?mode=cancel")
                .method("PATCH", HttpRequest.BodyPublishers.noBody())
                .build());
  }

  /** Jobs with name and state. */
  public JsonNode jobs() throws IOException, InterruptedException {
    return get("/jobs/overview").path("jobs");
  }

  /** State of a job, such as RUNNING. */
  public String state(String jobId) throws IOException, InterruptedException {
    return get("/jobs/" + jobId).path("state").asText();
  }

  /** Whether every task of a job runs. */
  public boolean isRunning(String jobId) throws IOException, InterruptedException {
    JsonNode job = get("/jobs/" + jobId);
    for (JsonNode vertex : job.path("vertices")) {
      if (!vertex.path("status").asText().equals("RUNNING")) {
        return false;
      }
    }
    return job.path("state").asText().equals("RUNNING");
  }

  /** Any part of the API. */
  public JsonNode get(String path) throws IOException, InterruptedException {
    return send(request(path).GET().build());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(root.resolve(path)).timeout(TIMEOUT);
  }

  private JsonNode send(HttpRequest request) throws IOException, InterruptedException {
    HttpResponse<String> response =
        client.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    JsonNode body = JSON.readTree(response.body());
    if (response.statusCode() >= 300) {
      throw new IllegalStateException("Flink refused: " + reason(body));
    }
    return body;
  }

  /** The deepest cause in the stack trace that Flink answers with. */
  private static String reason(JsonNode body) {
    String text = body.path("errors").toString();
    int cause = text.lastIndexOf("Caused by: ");
    String rest = cause < 0 ? text : text.substring(cause + "Caused by: ".length());
    int end = rest.indexOf("\\n\\tat");
    return (end < 0 ? rest : rest.substring(0, end)).replace("\\n", "\n");
  }
}
