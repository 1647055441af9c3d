package dev.penstock.cli.bench.detection;

/** Whether a model's answers are wrong, one sample after the other. */
interface ErrorStream {

  /** Whether the next answer is wrong. */
  boolean next();

  /** An alarm: the model starts anew with the next sample. */
  void restart();
}
