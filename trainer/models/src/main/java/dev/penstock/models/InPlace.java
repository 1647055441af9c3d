package dev.penstock.models;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;

/**
 * Copies into arrays whose memory stays where it is, since others may share it: the engine's own
 * ways of setting values ({@code NDArray.set}, {@code NDArray.copyTo}) give an array new memory,
 * which lives no longer than the Java object that it was given to.
 */
public final class InPlace {

  private static final NDIndex ALL = new NDIndex("...");

  private InPlace() {}

  /** Copies all values into an array of the same shape, past what records gradients. */
  public static void copy(NDArray source, NDArray target) {
    try (NDArray memory = target.stopGradient()) {
      memory.set(ALL, source);
    }
  }
}
