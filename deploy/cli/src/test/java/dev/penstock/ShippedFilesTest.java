package dev.penstock;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import dev.penstock.jobs.ContinuousTrainingJob;
import dev.penstock.jobs.EvaluationJob;
import dev.penstock.schemas.spec.PipelineSpec;
import dev.penstock.schemas.spec.SpecReader;
import dev.penstock.schemas.spec.dataset.DatasetSpec;
import dev.penstock.schemas.topic.KafkaOptions;
import dev.penstock.worker.TrainerWorker;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The example pipelines, manifests and container files hold what their readers accept. */
final class ShippedFilesTest {

  private static final Path DEPLOY = Path.of("..");
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  /** Schema of the Flink operator's resources; it has that of Kubernetes' own pods in it. */
  private static final String DEPLOYMENTS =
      "/META-INF/fabric8/flinkdeployments.flink.apache.org-v1.yml";

  @Test
  void examplePipelinesAreValid() throws IOException {
    try (Stream<Path> files = Files.list(DEPLOY.resolve("pipelines"))) {
      List<Path> pipelines = files.toList();
      assertThat(pipelines).isNotEmpty();
      for (Path file : pipelines) {
        PipelineSpec pipeline = SpecReader.parsePipeline(file.toString(), Files.readString(file));
        assertThat(file.getFileName()).hasToString(pipeline.name() + ".yaml");
      }
    }
  }

  @Test
  void kubernetesManifestsKeepTheirSchemas() throws IOException {
    JsonNode schema = deploymentSchema();
    int checked = 0;
    for (JsonNode resource : documents(DEPLOY.resolve("kubernetes/jobs.yaml"))) {
      if (resource.get("kind").asText().equals("FlinkDeployment")) {
        assertValid(schema, resource);
        checked++;
      }
    }
    for (JsonNode resource : documents(DEPLOY.resolve("kubernetes/worker.yaml"))) {
      if (resource.get("kind").asText().equals("Deployment")) {
        assertValid(
            schema.at("/properties/spec/properties/podTemplate"), resource.at("/spec/template"));
        checked++;
      }
    }
    assertThat(checked).isEqualTo(3);
  }

  @Test
  void specsInManifestsAreValid() throws IOException {
    JsonNode specs = documents(DEPLOY.resolve("kubernetes/jobs.yaml")).get(0).get("data");
    DatasetSpec dataset =
        SpecReader.parseDataset("dataset.yaml", specs.get("dataset.yaml").asText()).complete();
    PipelineSpec pipeline =
        SpecReader.parsePipeline("elec2-weekly.yaml", specs.get("elec2-weekly.yaml").asText());
    assertThat(pipeline.dataset()).isEqualTo(dataset.name());
  }

  @Test
  void argumentsInManifestsAreThoseOfTheirMains() throws IOException {
    for (JsonNode resource : documents(DEPLOY.resolve("kubernetes/jobs.yaml"))) {
      if (resource.has("spec")) {
        assertAccepted(
            resource.at("/spec/job/entryClass").asText(), texts(resource.at("/spec/job/args")));
      }
    }
    JsonNode worker = documents(DEPLOY.resolve("kubernetes/worker.yaml")).get(0);
    assertAccepted(
        TrainerWorker.class.getName(), texts(worker.at("/spec/template/spec/containers/0/args")));

    JsonNode services =
        YAML.readTree(DEPLOY.resolve("compose/compose.yaml").toFile()).get("services");
    assertAccepted(TrainerWorker.class.getName(), texts(services.at("/worker/command")));
    for (String job : List.of("training", "evaluation")) {
      List<String> command = texts(services.at("/" + job + "/command"));
      int jar = command.indexOf("/opt/flink/usrlib/penstock-jobs.jar");
      String main = command.get(jar - 1).replace("--class=", "");
      assertAccepted(main, command.subList(jar + 1, command.size()));
    }
  }

  /** The operator's schema, made strict: in it, keys that nobody knows are allowed and dropped. */
  private static JsonNode deploymentSchema() throws IOException {
    try (InputStream crd =
        Objects.requireNonNull(ShippedFilesTest.class.getResourceAsStream(DEPLOYMENTS))) {
      JsonNode schema = YAML.readTree(crd).at("/spec/versions/0/schema/openAPIV3Schema");
      forbidUnknown(schema);
      // Kubernetes knows these of every resource.
      ObjectNode properties = (ObjectNode) schema.get("properties");
      properties.putObject("apiVersion").put("const", "flink.apache.org/v1beta1");
      properties.putObject("kind").put("const", "FlinkDeployment");
      properties.putObject("metadata").put("type", "object");
      // Operators newer than the one whose schema is at hand know newer Flinks.
      ((ArrayNode) schema.at("/properties/spec/properties/flinkVersion/enum")).add("v2_2");
      return schema;
    }
  }

  private static void forbidUnknown(JsonNode schema) {
    if (schema instanceof ObjectNode object
        && object.path("properties").isObject()
        && object.path("type").asText().equals("object")) {
      object.put("additionalProperties", false);
    }
    schema.forEach(ShippedFilesTest::forbidUnknown);
  }

  private static void assertValid(JsonNode schema, JsonNode document) {
    assertThat(JsonSchemaFactory.getInstance(VersionFlag.V7).getSchema(schema).validate(document))
        .isEmpty();
  }

  private static void assertAccepted(String main, List<String> args) {
    Object command =
        switch (main) {
          case "dev.penstock.jobs.ContinuousTrainingJob" -> new ContinuousTrainingJob();
          case "dev.penstock.jobs.EvaluationJob" -> new EvaluationJob();
          case "dev.penstock.worker.TrainerWorker" -> new TrainerWorker();
          default -> throw new AssertionError("No main " + main);
        };
    assertThat(args).isNotEmpty();
    new CommandLine(command).parseArgs(KafkaOptions.normalize(args.toArray(String[]::new)));
  }

  private static List<JsonNode> documents(Path file) throws IOException {
    List<JsonNode> documents = new ArrayList<>();
    YAML.readerFor(JsonNode.class)
        .readValues(file.toFile())
        .forEachRemaining(document -> documents.add((JsonNode) document));
    return documents;
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(text -> texts.add(text.asText()));
    return texts;
  }
}
