package dev.penstock.worker.training;

import ai.djl.Device;
import ai.djl.Model;
import dev.penstock.models.FeatureScale;
import dev.penstock.models.Network;
import dev.penstock.models.PayloadEncoder;
import dev.penstock.schemas.spec.SpecJson;
import dev.penstock.schemas.spec.SpecReader;
import dev.penstock.schemas.spec.dataset.DatasetSpec;
import dev.penstock.schemas.spec.dataset.PayloadSpec;
import dev.penstock.schemas.spec.training.TrainingSpec;
import dev.penstock.schemas.spec.training.downsampling.DownsamplerSpec;
import dev.penstock.worker.data.SampleBuffer;
import dev.penstock.worker.data.SampleWeights;
import dev.penstock.worker.downsampling.Downsampling;
import dev.penstock.worker.downsampling.Selection;
import dev.penstock.worker.loop.TrainingLoop;
import dev.penstock.worker.optimizer.LearningRates;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Chooses 10 % of a million samples by a method, in a process with as little memory as is given to
 * it.
 */
final class MillionSamples {

  private static final int SAMPLES = 1_000_000;
  private static final int FEATURES = 2;
  private static final String DATASET =
      """
      kind: dataset
      name: million
      payload: {type: tensor, dtype: float32, shape: [2]}
      label: {type: classes, names: [a, b, c, d, e, f, g, h, i, j]}
      """;

  private MillionSamples() {}

  /** Prints how many samples each method keeps, and the seconds that it takes. */
  public static void main(String[] methods) throws InterruptedException {
    DatasetSpec dataset = SpecReader.parseDataset("million", DATASET).complete();
    try (SampleBuffer samples =
        SampleBuffer.allocate(
            SAMPLES,
            PayloadEncoder.asItIs(
                new PayloadSpec.Tensor(PayloadSpec.Dtype.FLOAT32, List.of(FEATURES))),
            Long.MAX_VALUE,
            Path.of(System.getProperty("java.io.tmpdir")))) {
      fill(samples);
      for (String method : methods) {
        TrainingSpec spec =
            SpecJson.readTraining(
                "{model: {type: mlp, hidden: [8]}, batch-size: 1000, scaling: none,"
                    + " downsampling: "
                    + method
                    + "}");
        choose(method, dataset, spec, samples);
      }
    }
  }

  private static void choose(
      String method, DatasetSpec dataset, TrainingSpec spec, SampleBuffer samples)
      throws InterruptedException {
    DownsamplerSpec downsampler = Downsampling.at(spec.downsampling(), 1).orElseThrow();
    Network network = Network.of(spec.model(), dataset.payload(), dataset.label());
    try (Model model = network.newModel(Device.cpu())) {
      network.randomize(7);
      try (TrainingLoop loop =
          new TrainingLoop(
              network,
              model,
              spec,
              TrainingLoop.Target.CLASS,
              FeatureScale.NONE,
              LearningRates.of(spec.optimization().schedule(), 1, 1))) {
        AuxiliaryTraining auxiliary =
            new AuxiliaryTraining(
                dataset, spec, samples, SampleWeights.EQUAL, FeatureScale.NONE, Device.cpu());
        Downsampling downsampling =
            Downsampling.begin(
                downsampler,
                samples,
                samples.labelled(),
                /* classes= */ true,
                loop.outputs(samples),
                auxiliary,
                3);
        Selection selection = downsampling.select(1);
        System.out.printf(
            Locale.ROOT,
            "%s|%d|%.1f%n",
            method,
            selection.indexes().length,
            downsampling.seconds());
      }
    }
  }

  private static void fill(SampleBuffer samples) {
    SplittableRandom random = new SplittableRandom(11);
    ByteBuffer payload = ByteBuffer.allocate(FEATURES * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < SAMPLES; i++) {
      float x = (float) random.nextDouble();
      float y = (float) random.nextDouble();
      payload.clear().putFloat(x).putFloat(y).flip();
      samples.put(i, payload, Math.min(9, (int) (5 * (x + y))));
    }
  }
}
