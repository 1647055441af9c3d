package dev.penstock.jobs.benchmark;

import dev.penstock.flink.source.RawRecord;
import dev.penstock.schemas.serde.SampleHeaderReader;
import java.io.Serial;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/** Reads each sample's header and discards it: what any job must do at least. */
final class NoOpOperator extends AbstractStreamOperator<RawRecord>
    implements OneInputStreamOperator<RawRecord, RawRecord> {

  static final String UID = "benchmark-no-op";

  @Serial private static final long serialVersionUID = 1L;

  private transient SampleHeaderReader header;

  @Override
  public void open() throws Exception {
    super.open();
    header = new SampleHeaderReader();
  }

  @Override
  public void processElement(StreamRecord<RawRecord> element) {
    byte[] value = element.getValue().value();
    if (value == null || header.read(value) == SampleHeaderReader.Kind.INVALID) {
      output.collect(element);
    }
  }
}
