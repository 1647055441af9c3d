package dev.penstock.worker.benchmark;

import dev.penstock.schemas.spec.yaml.YamlMap;

/**
 * A network, the samples that it is trained on in a few seconds, and the share of the plain loop's
 * speed that a worker must reach.
 */
public enum BenchmarkNetwork {
  MLP("{type: mlp, hidden: [256, 128]}", 32_000, 2_048, 0.85),
  CNN("{type: cnn, filters: [16, 32], hidden: 64}", 8_000, 512, 0.95),
  RESNET_18("{type: resnet, depth: 18}", 512, 64, 0.95);

  private final String model;
  private final int small;
  private final int large;
  private final double goal;

  /**
   * @param small samples of 1 KB
   * @param large samples of 150 KB
   */
  BenchmarkNetwork(String model, int small, int large, double goal) {
    this.model = model;
    this.small = small;
    this.large = large;
    this.goal = goal;
  }

  String model() {
    return model;
  }

  int samples(BenchmarkPayload payload) {
    return payload == BenchmarkPayload.KB_1 ? small : large;
  }

  double goal() {
    return goal;
  }

  /** As it is written on the command line. */
  @Override
  public String toString() {
    return YamlMap.kebab(this);
  }
}
