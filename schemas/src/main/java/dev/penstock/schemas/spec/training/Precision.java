package dev.penstock.schemas.spec.training;

/** In what a network computes while it is trained; its weights are float32 all the same. */
public enum Precision {
  /** As everywhere else. */
  FLOAT32,
  /** The range of float32, with 8 bits of precision. */
  BFLOAT16,
  /** 11 bits of precision, and so little range that the loss has to be scaled. */
  FLOAT16
}
