package dev.penstock.schemas.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.schemas.spec.dataset.DatasetDeclaration;
import dev.penstock.schemas.spec.dataset.DatasetSpec;
import dev.penstock.schemas.spec.selection.SelectionSpec;
import dev.penstock.schemas.spec.training.optimization.OptimizerSpec;
import dev.penstock.schemas.spec.trigger.TriggerSpec;
import dev.penstock.schemas.spec.yaml.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SpecReaderTest {

  private static final String PIPELINE =
      """
      kind: pipeline
      name: every-thousand
      dataset: clicks
      trigger: {type: data-amount, num-samples: 1_000}
      selection: {type: new-data, tail-triggers: all, limit: {samples: 500, keep: last}}
      training:
        model: {type: cnn, filters: [8, 16], hidden: 32}
        optimizer: {type: sgd, learning-rate: 0.1, momentum: 0.9}
        use-previous-model: false
        epochs-per-trigger: 3
        batch-size: 16
        shuffle: false
        seed: 7
        scaling: unit
      evaluation: {slice: {every: 12h}}
      """;

  @TempDir Path directory;

  @Test
  void readsAPipeline() {
    PipelineSpec spec = SpecReader.parsePipeline("p.yaml", PIPELINE);

    assertThat(spec.trigger()).isEqualTo(new TriggerSpec.DataAmount(1000));
    assertThat(spec.selection())
        .isEqualTo(
            new SelectionSpec.NewData(
                Optional.empty(),
                Optional.of(new SelectionSpec.Limit(500, SelectionSpec.Keep.LAST))));
    assertThat(spec.training().optimization().optimizer())
        .isEqualTo(new OptimizerSpec.Sgd(0.1, 0, 0.9, 0, /* nesterov= */ false));
    assertThat(spec.evaluation().slice())
        .isEqualTo(new EvaluationSpec.Slice.Every(Duration.ofHours(12)));
  }

  @Test
  void readsBackWhatItWrites() {
    PipelineSpec pipeline = SpecReader.parsePipeline("p.yaml", PIPELINE);
    DatasetSpec dataset = dataset("{type: tensor, dtype: uint8, shape: [28, 28]}");

    assertThat(SpecReader.parsePipeline("again", SpecYaml.write(pipeline))).isEqualTo(pipeline);
    assertThat(SpecReader.parseDataset("again", SpecYaml.write(dataset)).complete())
        .isEqualTo(dataset);
    assertThat(SpecJson.readDataset(SpecJson.write(dataset))).isEqualTo(dataset);
    assertThat(SpecJson.readTraining(SpecJson.write(pipeline.training())))
        .isEqualTo(pipeline.training());
  }

  @Test
  void reportsEveryMistakeAtOnceWithLinePathExpectationAndMend() {
    String text =
        """
        kind: pipeline
        name: A
        dataset: clicks
        trigger: {type: data-amont, num-samples: 10}
        training:
          model: {type: mlp, hidden: [0]}
          batchsize: 5
          epochs-per-trigger: many
        """;

    assertThatThrownBy(() -> SpecReader.parsePipeline("p.yaml", text))
        .isInstanceOf(InvalidSpecException.class)
        .hasMessage(
            """
            p.yaml:4: trigger.type: must be one of always, avoidable-misclassification-cost, data-amount, data-drift, data-incorporation-latency-cost, detector, ensemble, every-n, never, performance, time, got data-amont; did you mean data-amount?
            p.yaml:6: training.model.hidden: must be positive, got [0]
            p.yaml:8: training.epochs-per-trigger: must be a whole number, got many
            p.yaml:7: training.batchsize: must be a known key (batch-size, checkpoint, class-weights, downsampling, epochs-per-trigger, features, gradient-clipping, hold-out, initial, learning-rate-schedule, model, num-samples-to-pass, optimizer, parameter-groups, precision, scaling, seed, shuffle, use-previous-model); did you mean batch-size?\
            """);
  }

  @Test
  void refusesWhatCannotBeDoneWithAModuleOfUnknownLayers() {
    String text =
        """
        kind: pipeline
        name: module
        dataset: clicks
        trigger: {type: data-amount, num-samples: 10}
        training:
          model: {type: torchscript, file: "file:///net.pt"}
          precision: bfloat16
          downsampling:
            type: %s
            ratio: 10
        """;

    assertThatThrownBy(() -> SpecReader.parsePipeline("p.yaml", text.formatted("gradient-norm")))
        .hasMessage(
            """
            p.yaml:7: training.precision: must be float32 for a torchscript model, whose file says in what it computes; or use another model
            p.yaml:8: training.downsampling: must not look at the last layer of a torchscript model, whose layers are not known; set gradients: logits, and use another type than k-center\
            """);
    assertThatThrownBy(() -> SpecReader.parsePipeline("p.yaml", text.formatted("k-center")))
        .hasMessageContaining("training.downsampling: must not look at the last layer");
    assertThatThrownBy(() -> SpecReader.parsePipeline("p.yaml", text.formatted("craig")))
        .hasMessageNotContaining("training.downsampling");
  }

  @Test
  void readsWhereThePredictionsComeFrom() {
    PipelineSpec spec =
        SpecReader.parsePipeline("p.yaml", PIPELINE + "predictions: {topic: served.clicks}\n");

    assertThat(spec.predictions()).contains(new PredictionsSpec("served.clicks"));
    assertThat(SpecReader.parsePipeline("again", SpecYaml.write(spec))).isEqualTo(spec);
    assertThat(SpecReader.parsePipeline("p.yaml", PIPELINE).predictions()).isEmpty();
  }

  @Test
  void refusesEmbeddingsOfPredictionsWhereverTheyAreWatched() {
    String text =
        """
        kind: pipeline
        name: served
        dataset: clicks
        trigger:
          type: ensemble
          cool-down: 1h
          subtriggers:
            amount: {type: data-amount, num-samples: 1000}
            drift:
              type: data-drift
              watch: embeddings
              evaluation-interval-data-points: 100
              windowing-strategy: {type: amount, amount-ref: 100, amount-cur: 100}
              metrics: {mmd: {type: mmd, decision-criterion: {type: threshold, threshold: 0.1}}}
          ensemble-strategy: {type: any}
        predictions: {topic: served clicks}
        training: {model: {type: mlp}}
        """;

    assertThatThrownBy(() -> SpecReader.parsePipeline("p.yaml", text))
        .hasMessage(
            """
            p.yaml:16: predictions.topic: must be letters, digits, dots, hyphens and underscores, at most 249, got served clicks
            p.yaml:11: trigger.subtriggers.drift.watch: must be features, predictions or labels, since a topic of predictions has no embeddings, got embeddings; else leave out the pipeline's predictions\
            """);
  }

  @Test
  void reportsWhatIsNoYamlAtItsLine() {
    assertThatThrownBy(() -> SpecReader.parsePipeline("p.yaml", "kind: pipeline\nname: [a\n"))
        .hasMessageStartingWith("p.yaml:3: must be YAML, but ");
  }

  @Test
  void reportsWhatIsWrongBetweenFiles() throws IOException {
    Path dataset =
        Files.writeString(
            directory.resolve("dataset.yaml"),
            SpecYaml.write(dataset("{type: tensor, dtype: float32, shape: [2, 2]}")));
    Path pipeline = Files.writeString(directory.resolve("pipeline.yaml"), PIPELINE);
    Path twin = Files.writeString(directory.resolve("twin.yaml"), PIPELINE);

    List<Problem> problems = SpecReader.validate(List.of(dataset, pipeline, twin));

    assertThat(problems)
        .extracting(problem -> problem.line() + " " + problem.path())
        .containsExactly(
            "2 name",
            "14 training.scaling",
            "7 training.model.filters",
            "14 training.scaling",
            "7 training.model.filters");
  }

  @Test
  void aDatasetWithASourceMayLeaveTheRestToBeInferred() {
    DatasetDeclaration declaration =
        SpecReader.parseDataset(
            "d.yaml",
            """
            kind: dataset
            name: clicks
            source: {files: [a.csv], format: {type: csv, label: y}}
            """);

    assertThat(declaration.isComplete()).isFalse();
    assertThatThrownBy(declaration::complete).hasMessageContaining("penstock describe");
  }

  private static DatasetSpec dataset(String payload) {
    return SpecReader.parseDataset(
            "d.yaml",
            """
            kind: dataset
            name: clicks
            topic: all-clicks
            payload: %s
            label: {type: classes, names: ["no", "yes"]}
            contract: {max-ahead: 1h, idle-after: 1500ms}
            source:
              files: ["*.csv.gz"]
              format: {type: csv, separator: ";", comment: "#", label: y, drop: [id], missing: ["-"]}
              time: {type: columns, columns: [day, hour], pattern: y-M-d H}
            """
                .formatted(payload))
        .complete();
  }
}
