package dev.penstock.jobs.benchmark;

import java.io.Serial;
import org.apache.flink.api.common.accumulators.LongMaximum;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/** Hands elements on and notes when the last one has come. */
final class EndOperator<T> extends AbstractStreamOperator<T>
    implements OneInputStreamOperator<T, T>, BoundedOneInput {

  static final String ACCUMULATOR = "end-nanos";

  @Serial private static final long serialVersionUID = 1L;

  private transient LongMaximum end;

  @Override
  public void open() throws Exception {
    super.open();
    end = new LongMaximum();
    getRuntimeContext().addAccumulator(ACCUMULATOR, end);
  }

  @Override
  public void processElement(StreamRecord<T> element) {
    output.collect(element);
  }

  @Override
  public void endInput() {
    end.add(System.nanoTime());
  }
}
