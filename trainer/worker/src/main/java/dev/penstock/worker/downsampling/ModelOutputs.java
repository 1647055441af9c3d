package dev.penstock.worker.downsampling;

/** A model that is asked about samples, in its present state and not trained by it. */
public interface ModelOutputs {

  /** What is asked for. */
  enum Depth {
    /** The last layer's outputs. */
    OUTPUTS,
    /** Its inputs too. */
    EMBEDDINGS
  }

  /** Takes what the model makes of a sample. */
  interface Sink {

    /**
     * Takes a sample's.
     *
     * @param at place of the sample among those that were asked about
     * @param outputs of the last layer: logits, or the predicted value
     * @param embedding the last layer's inputs; empty if they were not asked for
     */
    void accept(int at, double[] outputs, double[] embedding);
  }

  /**
   * Asks about samples.
   *
   * @param indexes in the buffer; the order does not matter to what the model makes of a sample but
   *     for rounding
   */
  void forward(int[] indexes, Depth depth, Sink sink) throws InterruptedException;
}
