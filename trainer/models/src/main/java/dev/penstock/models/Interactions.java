package dev.penstock.models;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Activation;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import dev.penstock.models.engine.LowPrecisionParameters;
import dev.penstock.schemas.spec.training.model.ModelSpec;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * The lower half of a DLRM (Naumov et al., Deep Learning Recommendation Model, 2019): categorical
 * columns become embeddings, all others go through a perceptron to a vector of the same length, and
 * the dot products of all pairs of these vectors stand beside the latter.
 *
 * <p>A category is the column's number, hashed into its own part of one table by its remainder.
 */
final class Interactions extends AbstractBlock {

  private final Parameter table;
  private final SequentialBlock bottom;
  private final List<Integer> categorical;
  private final int[] dense;
  private final int buckets;
  private final int dimension;

  Interactions(ModelSpec.Dlrm dlrm, int columns) {
    this.categorical = dlrm.categorical();
    this.dense = IntStream.range(0, columns).filter(c -> !categorical.contains(c)).toArray();
    this.buckets = dlrm.buckets();
    this.dimension = dlrm.embedding();
    this.table =
        addParameter(
            Parameter.builder()
                .setName("table")
                .setType(Parameter.Type.WEIGHT)
                .optShape(new Shape((long) categorical.size() * buckets, dimension))
                .build());
    this.bottom = addChildBlock("bottom", new SequentialBlock());
    for (int units : dlrm.bottom()) {
      bottom.add(Linear.builder().setUnits(units).build()).add(Activation.reluBlock());
    }
    bottom.add(Linear.builder().setUnits(dimension).build()).add(Activation.reluBlock());
  }

  @Override
  protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
    bottom.initialize(manager, type, new Shape(inputs[0].get(0), dense.length));
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore parameters,
      NDList inputs,
      boolean training,
      @Nullable PairList<String, Object> params) {
    NDArray rows = inputs.singletonOrThrow();
    long batch = rows.getShape().get(0);
    NDArray weights = LowPrecisionParameters.table(parameters, table, rows.getDevice(), training);
    NDArray embedded =
        weights
            .getNDArrayInternal()
            .embedding(ids(rows), weights, SparseFormat.DENSE)
            .singletonOrThrow();
    embedded = LowPrecisionParameters.lower(parameters, embedded);
    NDArray numbers = LowPrecisionParameters.lower(parameters, columns(rows, dense));
    NDArray lower = bottom.forward(parameters, new NDList(numbers), training).singletonOrThrow();
    NDArray vectors = NDArrays.concat(new NDList(lower.reshape(batch, 1, dimension), embedded), 1);
    NDArray products = vectors.batchMatMul(vectors.transpose(0, 2, 1));
    int vectorsCount = categorical.size() + 1;
    NDArray flat = products.reshape(batch, (long) vectorsCount * vectorsCount);
    return new NDList(NDArrays.concat(new NDList(lower, columns(flat, pairs(vectorsCount))), 1));
  }

  private NDArray ids(NDArray rows) {
    NDManager manager = rows.getManager();
    NDArray categories =
        columns(rows, categorical.stream().mapToInt(Integer::intValue).toArray())
            .toType(DataType.INT64, /* copy= */ false);
    long[] starts =
        LongStream.range(0, categorical.size()).map(column -> column * buckets).toArray();
    return categories.mod(buckets).add(manager.create(starts, new Shape(1, starts.length)));
  }

  /** Columns of a matrix, in that order. */
  private static NDArray columns(NDArray matrix, int[] columns) {
    long batch = matrix.getShape().get(0);
    NDManager manager = matrix.getManager();
    NDArray index =
        manager
            .create(columns, new Shape(1, columns.length))
            .toType(DataType.INT64, /* copy= */ false);
    return matrix.gather(index.broadcast(new Shape(batch, columns.length)), 1);
  }

  /** Places above the diagonal of a flat square matrix. */
  private static int[] pairs(int side) {
    return IntStream.range(0, side * side).filter(i -> i / side < i % side).toArray();
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputs) {
    int vectors = categorical.size() + 1;
    return new Shape[] {
      new Shape(inputs[0].get(0), dimension + (long) vectors * (vectors - 1) / 2)
    };
  }
}
