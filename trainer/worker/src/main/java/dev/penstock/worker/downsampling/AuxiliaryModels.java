package dev.penstock.worker.downsampling;

/** Trains models that only serve to choose samples. */
public interface AuxiliaryModels {

  /** A trained model; close it. */
  interface Auxiliary extends ModelOutputs, AutoCloseable {

    @Override
    void close();
  }

  /**
   * Trains a model of the pipeline's network from scratch.
   *
   * @param indexes of samples in the buffer
   * @param epochs passes over them; 0: as many as the pipeline's
   */
  Auxiliary train(int[] indexes, int epochs, long seed) throws InterruptedException;
}
