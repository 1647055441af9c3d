package dev.penstock.flink;

import java.io.Serial;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.util.function.SerializableFunction;

/** Makes operators of one class by calling their constructor where they are to run. */
public final class OneInputOperatorFactory<I, O> extends AbstractStreamOperatorFactory<O>
    implements OneInputStreamOperatorFactory<I, O> {

  @Serial private static final long serialVersionUID = 1L;

  @SuppressWarnings("rawtypes") // as the interface has it
  private final Class<? extends StreamOperator> type;

  private final Constructor<I, O> constructor;

  /** Makes an operator with the parameters that it gets from Flink. */
  public interface Constructor<I, O>
      extends SerializableFunction<StreamOperatorParameters<O>, OneInputStreamOperator<I, O>> {}

  /** A factory of operators of {@code type}. */
  public <T extends OneInputStreamOperator<I, O>> OneInputOperatorFactory(
      Class<T> type, Constructor<I, O> constructor) {
    this.type = type;
    this.constructor = constructor;
  }

  @Override
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // the caller names the type
  public <T extends StreamOperator<O>> T createStreamOperator(
      StreamOperatorParameters<O> parameters) {
    return (T) constructor.apply(parameters);
  }

  @Override
  @SuppressWarnings("rawtypes") // as the interface has it
  public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader classLoader) {
    return type;
  }
}
