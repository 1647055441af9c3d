package dev.penstock.jobs.benchmark;

import dev.penstock.flink.source.RawRecord;
import java.io.Serial;
import org.apache.flink.api.common.accumulators.LongMinimum;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/** Hands records on and notes when the first one came: jobs start at different speeds. */
final class FirstRecordOperator extends AbstractStreamOperator<RawRecord>
    implements OneInputStreamOperator<RawRecord, RawRecord> {

  static final String UID = "benchmark-first-record";
  static final String ACCUMULATOR = "first-record-nanos";

  @Serial private static final long serialVersionUID = 1L;

  private transient LongMinimum first;
  private transient boolean started;

  @Override
  public void open() throws Exception {
    super.open();
    first = new LongMinimum();
    getRuntimeContext().addAccumulator(ACCUMULATOR, first);
  }

  @Override
  public void processElement(StreamRecord<RawRecord> element) {
    if (!started) {
      started = true;
      first.add(System.nanoTime());
    }
    output.collect(element);
  }
}
