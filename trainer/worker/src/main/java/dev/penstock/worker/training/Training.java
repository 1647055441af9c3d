package dev.penstock.worker.training;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.engine.Engine;
import dev.penstock.models.FeatureScale;
import dev.penstock.models.ModelCard;
import dev.penstock.models.Network;
import dev.penstock.models.Safetensors;
import dev.penstock.models.Tensor;
import dev.penstock.schemas.ArtifactRef;
import dev.penstock.schemas.ModelStatus;
import dev.penstock.schemas.ModelVersion;
import dev.penstock.schemas.TrainingTask;
import dev.penstock.schemas.artifact.ArtifactStore;
import dev.penstock.schemas.spec.DatasetSpec;
import dev.penstock.schemas.spec.LabelSpec;
import dev.penstock.schemas.spec.SpecJson;
import dev.penstock.schemas.spec.TrainingSpec;
import dev.penstock.schemas.trainingset.SampleSet;
import dev.penstock.schemas.trainingset.TrainingSets;
import dev.penstock.worker.data.SampleBuffer;
import dev.penstock.worker.data.SampleLoader;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Trains the model version that a task asks for, in this process. */
public final class Training {

  /** Share of the heap for samples; the rest is for reading them. */
  private static final double MEMORY_SHARE = 0.5;

  private final TrainingRequest request;
  private final TrainingTask task;
  private final DatasetSpec dataset;
  private final TrainingSpec spec;
  private final ArtifactStore artifacts;

  /**
   * A training.
   *
   * @throws dev.penstock.schemas.spec.InvalidSpecException if the task's specs cannot be read
   */
  public Training(TrainingRequest request) {
    this.request = request;
    this.task = request.task();
    this.dataset = SpecJson.readDataset(task.getDataset());
    this.spec = SpecJson.readTraining(task.getTraining());
    this.artifacts = ArtifactStore.open(request.artifacts());
  }

  /** Reads the samples, trains, and puts the model into the store. */
  public ModelVersion train() throws InterruptedException {
    long startedAt = System.currentTimeMillis();
    SampleSet set = TrainingSets.unpack(task.getTrainingSet(), artifacts);
    Network network = Network.of(spec.model(), dataset.payload(), dataset.label());
    try (Model model = network.newModel(device(request.settings().device()));
        SampleBuffer samples = buffer(set, network)) {
      initialize(network);
      new SampleLoader(request.kafka(), dataset.topic(), request.settings().fetchers())
          .load(set, samples);
      long readAt = System.currentTimeMillis();
      int[] order = samples.labelled();
      if (order.length == 0) {
        throw new IllegalArgumentException(
            "training set must have a labelled sample, got none of " + set.size());
      }
      FeatureScale scale = FeatureStatistics.scale(spec.scaling(), samples, network.payload());
      double loss = train(network, model, scale, samples, order);
      long trainedAt = System.currentTimeMillis();
      Map<String, Double> metrics = metrics(loss, startedAt, readAt, trainedAt, order.length);
      metrics.put("unlabelledSamples", (double) (set.size() - order.length));
      return publish(network, scale, set, metrics)
          .setTrainedSamples(order.length)
          .setStartedAt(startedAt)
          .build();
    }
  }

  private static SampleBuffer buffer(SampleSet set, Network network) {
    long memory = (long) (Runtime.getRuntime().maxMemory() * MEMORY_SHARE);
    Path directory = Path.of(System.getProperty("java.io.tmpdir"));
    return SampleBuffer.allocate(set.size(), network.payload().bytes(), memory, directory);
  }

  private void initialize(Network network) {
    if (request.parent().isPresent()) {
      ArtifactRef weights = request.parent().get().getWeights();
      if (weights == null) {
        throw new IllegalArgumentException(
            "parent must be trained, got " + request.parent().get().getId());
      }
      network.setWeights(Safetensors.read(artifacts.read(weights)));
    } else {
      network.randomize(task.getSeed());
    }
  }

  private double train(
      Network network, Model model, FeatureScale scale, SampleBuffer samples, int[] order)
      throws InterruptedException {
    TrainingLoop.Target target =
        dataset.label() instanceof LabelSpec.Classes
            ? TrainingLoop.Target.CLASS
            : TrainingLoop.Target.REAL;
    double loss = 0;
    try (TrainingLoop loop = new TrainingLoop(network, model, spec, target, scale)) {
      for (int epoch = 1; epoch <= spec.epochs(); epoch++) {
        if (spec.shuffle()) {
          EpochOrder.shuffle(order, task.getSeed(), epoch);
        }
        loss = loop.epoch(samples, order);
        if (!Double.isFinite(loss)) {
          throw new IllegalArgumentException(
              "loss must be finite, got "
                  + loss
                  + " in epoch "
                  + epoch
                  + "; lower the learning rate, or scale the features");
        }
      }
    }
    return loss;
  }

  private Map<String, Double> metrics(
      double loss, long startedAt, long readAt, long trainedAt, int samples) {
    Map<String, Double> metrics = new TreeMap<>();
    double trainingSeconds = (trainedAt - readAt) / 1e3;
    metrics.put("loss", loss);
    metrics.put("readSeconds", (readAt - startedAt) / 1e3);
    metrics.put("trainingSeconds", trainingSeconds);
    metrics.put(
        "samplesPerSecond", (double) samples * spec.epochs() / Math.max(1e-3, trainingSeconds));
    return metrics;
  }

  private ModelVersion.Builder publish(
      Network network, FeatureScale scale, SampleSet set, Map<String, Double> metrics) {
    SortedMap<String, Tensor> tensors = new TreeMap<>(network.weights());
    tensors.putAll(scale.toTensors());
    ArtifactRef weights =
        artifacts.put(Safetensors.write(tensors, Map.of("format", "pt", "id", task.getId())));
    String parent = request.parent().map(ModelVersion::getId).orElse("");
    ModelCard.Facts facts =
        new ModelCard.Facts(
            parent,
            set.size(),
            set.digest(),
            Engine.getInstance().getEngineName() + " " + Engine.getInstance().getVersion(),
            request.settings().threads(),
            request.settings().device(),
            metrics);
    return ModelVersion.newBuilder()
        .setId(task.getId())
        .setPipeline(task.getPipeline())
        .setDecisionNumber(task.getDecisionNumber())
        .setTriggerNumber(task.getTriggerNumber())
        .setStatus(ModelStatus.TRAINED)
        .setWeights(weights)
        .setCard(artifacts.put(ModelCard.write(task, facts)))
        .setTrainingSetDigest(set.digest())
        .setSliceTime(task.getSliceTime())
        .setBoundary(task.getBoundary())
        .setParent(parent.isEmpty() ? null : parent)
        .setSeed(task.getSeed())
        .setFinishedAt(System.currentTimeMillis())
        .setWorker(request.settings().worker())
        .setMetrics(metrics);
  }

  private static Device device(String name) {
    if (name.equals("cpu")) {
      return Device.cpu();
    }
    Device device = Device.fromName(name);
    if (device.getDeviceId() >= Engine.getInstance().getGpuCount()) {
      throw new IllegalArgumentException(
          "device must be one of the machine's "
              + Engine.getInstance().getGpuCount()
              + " GPUs, got "
              + name);
    }
    return device;
  }
}
