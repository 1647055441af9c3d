package dev.penstock.worker.training;

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
import dev.penstock.schemas.spec.SpecJson;
import dev.penstock.schemas.spec.dataset.DatasetSpec;
import dev.penstock.schemas.spec.dataset.LabelSpec;
import dev.penstock.schemas.spec.storage.ModelStorageSpec;
import dev.penstock.schemas.spec.training.TrainingSpec;
import dev.penstock.schemas.spec.training.downsampling.DownsamplerSpec;
import dev.penstock.schemas.trainingset.SampleSet;
import dev.penstock.schemas.trainingset.TrainingSets;
import dev.penstock.worker.data.Parts;
import dev.penstock.worker.data.SampleBuffer;
import dev.penstock.worker.data.SampleLoader;
import dev.penstock.worker.data.SampleLoading;
import dev.penstock.worker.data.SampleWeights;
import dev.penstock.worker.data.UsedSamples;
import dev.penstock.worker.downsampling.Downsampling;
import dev.penstock.worker.loop.TrainingLoop;
import dev.penstock.worker.optimizer.LearningRates;
import dev.penstock.worker.request.Devices;
import dev.penstock.worker.request.TaskVersion;
import dev.penstock.worker.request.TrainingRequest;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Trains the model version that a task asks for, in this process. */
public final class Training {

  /** Share of the heap for samples; the rest is for reading them. */
  private static final double MEMORY_SHARE = 0.5;

  /**
   * A shorter stretch of the log is read in a moment, so that its samples are shuffled as a whole.
   */
  private static final long PARTS_FROM_BYTES = 64 << 20;

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
    Optional<ArtifactRef> module = DeclaredFiles.keepModule(spec.model(), artifacts);
    Network network =
        Network.of(
            spec.model(),
            dataset.payload(),
            dataset.label(),
            () -> artifacts.read(module.orElseThrow()));
    Parts parts = parts(set, network);
    try (SampleBuffer samples = buffer(set, network);
        SampleLoading loading =
            new SampleLoader(request.kafka(), dataset.topic(), dataset.label(), fetchers(parts))
                .start(parts, samples);
        Model model = network.newModel(Devices.of(request.settings().device()))) {
      initialize(network);
      Saving saving = new Saving(spec.checkpoint(), Checkpoint.of(request, directory()));
      HoldOut holdOut = HoldOut.of(spec, set);
      long waitedAt = System.nanoTime();
      if (loading.parts() == 1) {
        loading.awaitAll();
      }
      double waited = (System.nanoTime() - waitedAt) / 1e9;
      long trainingAt = System.currentTimeMillis();
      FeatureScale scale = FeatureStatistics.scale(spec, samples, network, holdOut);
      Map<String, Double> metrics = new TreeMap<>();
      UsedSamples used;
      int[] trained = holdOut.trained(samples.labelled());
      try (TrainingLoop loop =
          new TrainingLoop(network, model, spec, target(), scale, learningRates(trained.length))) {
        SampleWeights weights = SampleWeights.of(set.weights());
        Epochs epochs = new Epochs(task, spec, network, loop, samples, weights, holdOut, saving);
        if (downsampler().isPresent()) {
          epochs.choose(downsampling(downsampler().get(), epochs, trained, scale));
        }
        epochs.resume();
        epochs.run(loading);
        used = epochs.used();
        epochs.addTo(metrics);
      }
      double trainingSeconds = (System.currentTimeMillis() - trainingAt) / 1e3;
      metrics.merge("waitSeconds", waited, Double::sum);
      metrics.put("readSeconds", (loading.finishedAt() - startedAt) / 1e3);
      metrics.put("trainingSeconds", trainingSeconds);
      metrics.put("samplesPerSecond", (double) used.passes() / Math.max(1e-3, trainingSeconds));
      metrics.put("unlabelledSamples", (double) (set.size() - samples.labelled().length));
      ModelVersion version =
          publish(network, module, scale, used.of(set), metrics).setStartedAt(startedAt).build();
      saving.checkpoint().delete();
      return version;
    }
  }

  /** One, where all samples must be there before the first step, or soon are. */
  private Parts parts(SampleSet set, Network network) {
    Parts one = Parts.one(set);
    boolean isLong = one.span() * network.encoder().row().bytes() >= PARTS_FROM_BYTES;
    return isLong && canTrainWhileReading() ? Parts.drawn(set, task.getSeed()) : one;
  }

  /** As many as asked for, but to a training that goes on meanwhile its cores are left. */
  private int fetchers(Parts parts) {
    int asked = request.settings().fetchers();
    int spare = Runtime.getRuntime().availableProcessors() - request.settings().threads();
    return parts.count() == 1 ? asked : Math.max(1, Math.min(asked, spare));
  }

  /** Whether the first steps do not depend on all samples, nor on their declared order. */
  private boolean canTrainWhileReading() {
    return spec.shuffle()
        && Amount.of(spec, task.getTriggerNumber()).isEpochs()
        && !FeatureStatistics.isNeededFor(spec)
        && spec.classWeights().isEmpty()
        && downsampler().isEmpty()
        && !LearningRates.needNumberOfBatches(spec.optimization().schedule());
  }

  private Optional<DownsamplerSpec> downsampler() {
    return Downsampling.at(spec.downsampling(), task.getTriggerNumber());
  }

  private Downsampling downsampling(
      DownsamplerSpec downsampler, Epochs epochs, int[] trained, FeatureScale scale)
      throws InterruptedException {
    checkLabelled(trained, epochs.samples());
    return Downsampling.begin(
        downsampler,
        epochs.samples(),
        trained,
        dataset.label() instanceof LabelSpec.Classes,
        epochs.outputs(),
        new AuxiliaryTraining(
            dataset,
            spec,
            epochs.samples(),
            epochs.weights(),
            scale,
            Devices.of(request.settings().device())),
        task.getSeed());
  }

  static void checkLabelled(int[] trained, SampleBuffer samples) {
    if (trained.length == 0) {
      throw new IllegalArgumentException(
          "training set must have a labelled sample that is not held out, got none of "
              + samples.size());
    }
  }

  /** How the rates change, of a training on so many samples, as far as these are known yet. */
  private LearningRates learningRates(int samples) {
    Amount amount = Amount.of(spec, task.getTriggerNumber());
    int size = Math.max(1, samples);
    return LearningRates.of(
        spec.optimization().schedule(),
        amount.epochs(size),
        amount.batches(size, spec.batchSize()));
  }

  private static Path directory() {
    return Path.of(System.getProperty("java.io.tmpdir")).resolve("checkpoints");
  }

  private static SampleBuffer buffer(SampleSet set, Network network) {
    long memory = (long) (Runtime.getRuntime().maxMemory() * MEMORY_SHARE);
    Path directory = Path.of(System.getProperty("java.io.tmpdir"));
    return SampleBuffer.allocate(set.size(), network.encoder(), memory, directory);
  }

  private void initialize(Network network) {
    if (request.parent().isPresent()) {
      network.setWeights(Safetensors.read(models.safetensors(request.parent().get())));
    } else if (spec.initial().isPresent()) {
      DeclaredFiles.setInitial(network, spec.initial().get());
    } else {
      network.randomize(task.getSeed());
    }
  }

  private TrainingLoop.Target target() {
    return TrainingLoop.Target.of(dataset.label(), spec);
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
      Network network,
      Optional<ArtifactRef> module,
      FeatureScale scale,
      SampleSet used,
      Map<String, Double> metrics) {
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
            metrics,
            module);
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
}
