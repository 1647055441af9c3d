package dev.penstock.cli.bench.detection;

/** Errors of a model that answers each sample and then learns it (prequential). */
final class LearnerErrors implements ErrorStream {

  private final LabelledSamples samples;
  private final NaiveBayes model;
  private int next;

  LearnerErrors(LabelledSamples samples) {
    this.samples = samples;
    model = new NaiveBayes(samples.classes(), samples.features()[0].length);
  }

  @Override
  public boolean next() {
    float[] features = samples.features()[next];
    int label = samples.labels()[next];
    next++;
    boolean error = model.predict(features) != label;
    model.learn(features, label);
    return error;
  }

  @Override
  public void restart() {
    model.forget();
  }
}
