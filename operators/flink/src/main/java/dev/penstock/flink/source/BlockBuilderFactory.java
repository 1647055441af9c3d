package dev.penstock.flink.source;

import dev.penstock.core.block.SampleBlock;
import dev.penstock.flink.Dataset;
import java.io.Serial;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;

/** Makes {@link BlockBuilderOperator}s. */
public final class BlockBuilderFactory extends AbstractStreamOperatorFactory<SampleBlock>
    implements OneInputStreamOperatorFactory<RawRecord, SampleBlock> {

  @Serial private static final long serialVersionUID = 1L;

  private final String topic;
  private final Dataset dataset;

  /** A factory for the records of {@code dataset}. */
  public BlockBuilderFactory(Dataset dataset) {
    this.topic = dataset.spec().topic();
    this.dataset = dataset;
  }

  @Override
  @SuppressWarnings({
    "unchecked",
    "TypeParameterUnusedInFormals"
  }) // the interface leaves the operator's type to the caller
  public <T extends StreamOperator<SampleBlock>> T createStreamOperator(
      StreamOperatorParameters<SampleBlock> parameters) {
    return (T) new BlockBuilderOperator(parameters, topic, dataset);
  }

  @Override
  @SuppressWarnings("rawtypes") // as the interface has it
  public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader classLoader) {
    return BlockBuilderOperator.class;
  }
}
