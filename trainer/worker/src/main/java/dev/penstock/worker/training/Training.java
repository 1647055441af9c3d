package dev.penstock.worker.training;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.engine.Engine;
import dev.penstock.models.FeatureScale;
import dev.penstock.models.ModelCard;
import dev.penstock.models.Network;
import dev.penstock.models.Safetensors;
import dev.penstock.models.Tensor;
import dev.penstock.models.store.ModelStore;
import dev.penstock.schemas.ArtifactRef;
import dev.penstock.schemas.ModelStatus;
import dev.penstock.schemas.ModelVersion;
import dev.penstock.schemas.TrainingTask;
import dev.penstock.schemas.artifact.ArtifactStore;
import dev.penstock.schemas.spec.DatasetSpec;
import dev.penstock.schemas.spec.DownsamplerSpec;
import dev.penstock.schemas.spec.LabelSpec;
import dev.penstock.schemas.spec.ModelStorageSpec;
import dev.penstock.schemas.spec.SpecJson;
import dev.penstock.schemas.spec.TrainingSpec;
import dev.penstock.schemas.trainingset.SampleSet;
import dev.penstock.schemas.trainingset.TrainingSets;
import dev.penstock.worker.data.SampleBuffer;
import dev.penstock.worker.data.SampleLoader;
import dev.penstock.worker.data.SampleLoading;
import dev.penstock.worker.data.SampleWeights;
import dev.penstock.worker.data.UsedSamples;
import dev.penstock.worker.downsampling.Downsampling;
import dev.penstock.worker.training.TrainingLoop.Target;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Trains the model version that a task asks for, in this process. */
public final class Training {

  /** Share of the heap for samples; the rest is for reading them. */
  private static final double MEMORY_SHARE = 0.5;

  /** Used sets up to so many bytes stay in the version, which all who follow models must keep. */
  private static final int INLINE_BYTES = 4096;

  private final TrainingRequest request;
  private final TrainingTask task;
  private final DatasetSpec dataset;
  private final TrainingSpec spec;
  private final ModelStorageSpec storage;
  private final ArtifactStore artifacts;
  private final ModelStore models;

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
    this.storage = SpecJson.readModelStorage(task.getModelStorage());
    this.artifacts = ArtifactStore.open(request.artifacts());
    this.models = new ModelStore(artifacts);
  }

  /** Reads the samples, trains, and puts the model into the store. */
  public ModelVersion train() throws InterruptedException {
    long startedAt = System.currentTimeMillis();
    SampleSet set = TrainingSets.unpack(task.getTrainingSet(), artifacts);
    Network network = Network.of(spec.model(), dataset.payload(), dataset.label());
    try (SampleBuffer samples = buffer(set, network);
        SampleLoading loading =
            new SampleLoader(request.kafka(), dataset.topic(), request.settings().fetchers())
                .start(set, samples);
        Model model = network.newModel(device(request.settings().device()))) {
      initialize(network);
      if (!trainsWhileReading()) {
        loading.awaitAll();
      }
      long trainingAt = System.currentTimeMillis();
      FeatureScale scale = FeatureStatistics.scale(spec.scaling(), samples, network.payload());
      UsedSamples used = new UsedSamples(samples.size());
      SampleWeights weights = SampleWeights.of(set.weights());
      Map<String, Double> metrics = new TreeMap<>();
      double loss;
      try (TrainingLoop loop =
          new TrainingLoop(network, model, spec, Target.of(dataset.label()), scale)) {
        Epochs epochs = new Epochs(loop, weights, used);
        Optional<DownsamplerSpec> downsampler = downsampler();
        if (downsampler.isPresent()) {
          DownsampledEpochs chosen = downsampled(downsampler.get(), epochs, samples, scale);
          loss = chosen.runAll();
          chosen.addTo(metrics);
        } else {
          loss = train(epochs, loading, samples);
        }
      }
      double trainingSeconds = (System.currentTimeMillis() - trainingAt) / 1e3;
      metrics.put("loss", loss);
      metrics.put("readSeconds", (loading.finishedAt() - startedAt) / 1e3);
      metrics.put("trainingSeconds", trainingSeconds);
      metrics.put("samplesPerSecond", (double) used.passes() / Math.max(1e-3, trainingSeconds));
      metrics.put("unlabelledSamples", (double) (set.size() - samples.labelled().length));
      return publish(network, scale, used.of(set), metrics).setStartedAt(startedAt).build();
    }
  }

  /**
   * Whether the first epoch begins before all samples are there. It then goes through the set part
   * by part: where it is the only one, or its order is declared, that would be another training.
   */
  private boolean trainsWhileReading() {
    return spec.shuffle()
        && spec.epochs() > 1
        && !FeatureStatistics.isNeededFor(spec.scaling())
        && downsampler().isEmpty();
  }

  private Optional<DownsamplerSpec> downsampler() {
    return Downsampling.at(spec.downsampling(), task.getTriggerNumber());
  }

  private DownsampledEpochs downsampled(
      DownsamplerSpec downsampler, Epochs epochs, SampleBuffer samples, FeatureScale scale)
      throws InterruptedException {
    checkLabelled(samples.labelled(), samples);
    Downsampling downsampling =
        Downsampling.begin(
            downsampler,
            samples,
            dataset.label() instanceof LabelSpec.Classes,
            epochs.loop.outputs(samples),
            new AuxiliaryTraining(
                dataset, spec, samples, epochs.weights, scale, device(request.settings().device())),
            task.getSeed());
    return new DownsampledEpochs(
        epochs.loop, spec, task.getSeed(), samples, epochs.weights, epochs.used, downsampling);
  }

  private static void checkLabelled(int[] labelled, SampleBuffer samples) {
    if (labelled.length == 0) {
      throw new IllegalArgumentException(
          "training set must have a labelled sample, got none of " + samples.size());
    }
  }

  private static SampleBuffer buffer(SampleSet set, Network network) {
    long memory = (long) (Runtime.getRuntime().maxMemory() * MEMORY_SHARE);
    Path directory = Path.of(System.getProperty("java.io.tmpdir"));
    return SampleBuffer.allocate(set.size(), network.payload().bytes(), memory, directory);
  }

  private void initialize(Network network) {
    if (request.parent().isPresent()) {
      network.setWeights(Safetensors.read(models.safetensors(request.parent().get())));
    } else {
      network.randomize(task.getSeed());
    }
  }

  /** A loop, what samples count in it, and which it went through. */
  private record Epochs(TrainingLoop loop, SampleWeights weights, UsedSamples used) {

    double run(SampleBuffer samples, int[] order, int epoch) throws InterruptedException {
      double loss = loop.epoch(samples, order, weights);
      checkLoss(loss, epoch);
      used.add(order, weights);
      return loss;
    }
  }

  /** Trains all epochs and returns the mean loss of the last. */
  private double train(Epochs epochs, SampleLoading loading, SampleBuffer samples)
      throws InterruptedException {
    int epoch = 1;
    if (trainsWhileReading()) {
      for (int part = 0; part < SampleLoading.PARTS; part++) {
        int[] order = loading.await(part);
        EpochOrder.shufflePart(order, task.getSeed(), part);
        epochs.run(samples, order, epoch);
      }
      epoch++;
    }
    int[] order = samples.labelled();
    checkLabelled(order, samples);
    double loss = 0;
    for (; epoch <= spec.epochs(); epoch++) {
      if (spec.shuffle()) {
        EpochOrder.shuffle(order, task.getSeed(), epoch);
      }
      loss = epochs.run(samples, order, epoch);
    }
    return loss;
  }

  static void checkLoss(double loss, int epoch) {
    if (!Double.isFinite(loss)) {
      throw new IllegalArgumentException(
          "loss must be finite, got "
              + loss
              + " in epoch "
              + epoch
              + "; lower the learning rate, or scale the features");
    }
  }

  private ModelVersion.Builder publish(
      Network network, FeatureScale scale, SampleSet used, Map<String, Double> metrics) {
    SortedMap<String, Tensor> tensors = new TreeMap<>(network.weights());
    tensors.putAll(scale.toTensors());
    ArtifactRef weights =
        models.put(
            Safetensors.write(tensors, Map.of("format", "pt", "id", task.getId())),
            storage,
            request.parent());
    String parent = request.parent().map(ModelVersion::getId).orElse("");
    ModelCard.Facts facts =
        new ModelCard.Facts(
            parent,
            used.size(),
            used.digest(),
            Engine.getInstance().getEngineName() + " " + Engine.getInstance().getVersion(),
            request.settings().threads(),
            request.settings().device(),
            metrics);
    return TaskVersion.of(task, request.settings().worker())
        .setStatus(ModelStatus.TRAINED)
        .setWeights(weights)
        .setCard(artifacts.put(ModelCard.write(task, facts)))
        .setTrainedSamples(used.size())
        .setTrainingSetDigest(used.digest())
        .setTrainingSet(TrainingSets.pack(used, artifacts, INLINE_BYTES))
        .setParent(parent.isEmpty() ? null : parent)
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
