package dev.penstock.worker.benchmark;

import dev.penstock.schemas.spec.yaml.YamlMap;

/** Images of bytes, and how large they are. */
public enum BenchmarkPayload {
  KB_1("1 KB", 1, 32),
  KB_150("150 KB", 3, 224);

  private final String text;
  private final int channels;
  private final int side;

  BenchmarkPayload(String text, int channels, int side) {
    this.text = text;
    this.channels = channels;
    this.side = side;
  }

  String text() {
    return text;
  }

  int channels() {
    return channels;
  }

  int side() {
    return side;
  }

  int bytes() {
    return channels * side * side;
  }

  /** As it is written on the command line. */
  @Override
  public String toString() {
    return YamlMap.kebab(this);
  }
}
