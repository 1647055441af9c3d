package dev.penstock.cli.cluster;

import dev.penstock.cli.cluster.JobSubmission.Job;
import dev.penstock.cli.process.Distribution;
import dev.penstock.schemas.spec.PipelineSpec;
import dev.penstock.schemas.spec.SpecReader;
import dev.penstock.schemas.spec.SpecYaml;
import dev.penstock.schemas.spec.dataset.DatasetSpec;
import dev.penstock.schemas.spec.yaml.SpecText;
import dev.penstock.schemas.topic.KafkaSettings;
import dev.penstock.schemas.topic.Topics;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Submits the jobs of a dataset and its pipelines to the cluster. */
@Command(
    name = "submit",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Submits the training and evaluation jobs over Flink's REST API.")
final class SubmitCommand implements Callable<Integer> {

  @Mixin private final ClusterFolder folder = new ClusterFolder();

  @Option(
      names = "--dataset",
      required = true,
      paramLabel = "FILE",
      description = "dataset, complete as `penstock describe` prints it")
  private Path dataset = Path.of("");

  @Option(
      names = "--pipeline",
      required = true,
      paramLabel = "FILE",
      description = "pipeline, may be repeated")
  private List<Path> pipelines = new ArrayList<>();

  @Option(
      names = "--parallelism",
      defaultValue = "2",
      description = "of the scan (default: ${DEFAULT-VALUE})")
  private int parallelism;

  @Override
  public Integer call() throws IOException, InterruptedException {
    ClusterState state = folder.state();
    DatasetSpec spec = SpecReader.readDataset(dataset).complete();
    List<PipelineSpec> specs =
        SpecReader.readPipelines(pipelines.stream().map(SpecText::in).toList(), spec);
    JobSubmission jobs =
        new JobSubmission(
            new KafkaSettings(state.bootstrapServers(), Map.of()),
            new Topics(""),
            state.artifacts(),
            SpecYaml.write(spec),
            specs.stream().map(SpecYaml::write).toList(),
            List.of("--parallelism", String.valueOf(parallelism)));
    FlinkRest flink = new FlinkRest(URI.create(state.webUi()));
    String jar = JobSubmission.upload(flink, Distribution.current());
    System.out.printf("training      job %s%n", jobs.submit(flink, jar, Job.TRAINING));
    System.out.printf("evaluation    job %s%n", jobs.submit(flink, jar, Job.EVALUATION));
    return CommandLine.ExitCode.OK;
  }
}
