package dev.penstock.models;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import dev.penstock.models.engine.LowPrecisionParameters;
import org.jspecify.annotations.Nullable;

/**
 * The mean embedding of a sample's ids; id 0 is padding and counts for nothing. As fastText (Joulin
 * et al., Bag of Tricks for Efficient Text Classification, EACL 2017).
 */
final class EmbeddingBag extends AbstractBlock {

  private final Parameter table;
  private final int dimension;

  EmbeddingBag(int rows, int dimension) {
    this.dimension = dimension;
    this.table =
        addParameter(
            Parameter.builder()
                .setName("table")
                .setType(Parameter.Type.WEIGHT)
                .optShape(new Shape(rows, dimension))
                .build());
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore parameters,
      NDList inputs,
      boolean training,
      @Nullable PairList<String, Object> params) {
    NDArray ids = inputs.singletonOrThrow();
    NDArray weights = LowPrecisionParameters.table(parameters, table, ids.getDevice(), training);
    NDArray rows =
        weights.getNDArrayInternal().embedding(ids, weights, SparseFormat.DENSE).singletonOrThrow();
    NDArray mask = ids.gt(0).toType(DataType.FLOAT32, /* copy= */ false).expandDims(2);
    NDArray count = mask.sum(new int[] {1}).maximum(1);
    NDArray mean = rows.mul(mask).sum(new int[] {1}).div(count);
    return new NDList(LowPrecisionParameters.lower(parameters, mean));
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputs) {
    return new Shape[] {new Shape(inputs[0].get(0), dimension)};
  }
}
