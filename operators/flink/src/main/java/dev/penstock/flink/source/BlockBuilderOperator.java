package dev.penstock.flink.source;

import dev.penstock.core.block.SampleBlock;
import dev.penstock.flink.Dataset;
import dev.penstock.flink.OneInputOperatorFactory;
import dev.penstock.flink.block.BlockColumns;
import dev.penstock.flink.block.BlockColumns.Columns;
import dev.penstock.schemas.QuarantineReason;
import dev.penstock.schemas.Quarantined;
import dev.penstock.schemas.serde.LabelKind;
import dev.penstock.schemas.serde.SampleContract;
import dev.penstock.schemas.serde.SampleHeaderReader;
import dev.penstock.schemas.spec.dataset.DatasetSpec;
import java.io.Serial;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import org.apache.flink.formats.avro.typeutils.AvroTypeInfo;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * Turns records of a partition into blocks of samples, and sends those that are none, or break
 * their dataset's contract, to the side output {@link #QUARANTINED}.
 *
 * <p>Blocks are transport only. They are flushed before a checkpoint's barrier, so that there is
 * nothing to keep in state, and after 20 ms, so that a slow stream is not held up.
 */
public final class BlockBuilderOperator extends AbstractStreamOperator<SampleBlock>
    implements OneInputStreamOperator<RawRecord, SampleBlock>, BoundedOneInput {

  /** What is not a sample. */
  public static final OutputTag<Quarantined> QUARANTINED =
      new OutputTag<>("quarantined", new AvroTypeInfo<>(Quarantined.class));

  @Serial private static final long serialVersionUID = 1L;
  private static final long MAX_DELAY_MILLIS = 20;

  // configuration
  private final String topic;
  private final Dataset dataset;
  private final Columns kept;

  // runtime
  private transient SampleHeaderReader header;
  private transient SampleContract contract;
  private transient @Nullable BlockColumns[] columns;
  private transient StreamRecord<SampleBlock> block;
  private transient boolean flushScheduled;
  private transient Counter samples;
  private transient Counter blocks;
  private transient Map<QuarantineReason, Counter> quarantined;

  private BlockBuilderOperator(
      StreamOperatorParameters<SampleBlock> parameters,
      String topic,
      Dataset dataset,
      Columns kept) {
    super(parameters);
    this.kept = kept;
    this.topic = topic;
    this.dataset = dataset;
  }

  /**
   * Makes operators for the records of {@code dataset}.
   *
   * @param kept what blocks have of samples
   */
  public static OneInputOperatorFactory<RawRecord, SampleBlock> factory(
      Dataset dataset, Columns kept) {
    String topic = dataset.spec().topic();
    return new OneInputOperatorFactory<>(
        BlockBuilderOperator.class,
        parameters -> new BlockBuilderOperator(parameters, topic, dataset, kept));
  }

  @Override
  public void open() throws Exception {
    super.open();
    DatasetSpec spec = dataset.spec();
    header = new SampleHeaderReader(spec.label());
    contract = new SampleContract(spec);
    columns = new BlockColumns[0];
    block = new StreamRecord<>(null);
    samples = getMetricGroup().counter("numSamples");
    blocks = getMetricGroup().counter("numBlocks");
    quarantined = new EnumMap<>(QuarantineReason.class);
    for (QuarantineReason reason : QuarantineReason.values()) {
      quarantined.put(
          reason, getMetricGroup().addGroup("reason", reason.name()).counter("numQuarantined"));
    }
  }

  @Override
  public void processElement(StreamRecord<RawRecord> element) {
    RawRecord record = element.getValue();
    BlockColumns column = column(record.partition());
    byte[] value = record.value();
    if (value == null) {
      column.invalid(record.offset());
      quarantine(record, QuarantineReason.UNDECODABLE, "value must be a sample, got null");
    } else {
      read(record, value, column);
    }
    if (column.isFull()) {
      flush(column);
    } else if (!flushScheduled) {
      scheduleFlush();
    }
  }

  private void read(RawRecord record, byte[] value, BlockColumns column) {
    switch (header.read(value)) {
      case SAMPLE -> {
        if (contract.accepts(header, record.timestamp())) {
          column.sample(record.offset(), header.timestamp(), label(header));
        } else {
          column.invalid(record.offset());
          quarantine(record, contract.reason(), contract.detail());
        }
      }
      case PROGRESS -> column.progress(record.offset(), header.timestamp());
      case INVALID -> {
        column.invalid(record.offset());
        quarantine(record, header.reason(), header.detail());
      }
    }
  }

  private static int label(SampleHeaderReader header) {
    return header.labelKind() == LabelKind.CLASS
        ? (int) header.labelClass()
        : SampleBlock.UNLABELLED;
  }

  private BlockColumns column(int partition) {
    if (partition >= columns.length) {
      columns = Arrays.copyOf(columns, partition + 1);
    }
    BlockColumns column = columns[partition];
    if (column == null) {
      column = new BlockColumns(partition, kept);
      columns[partition] = column;
    }
    return column;
  }

  private void quarantine(RawRecord record, QuarantineReason reason, String detail) {
    Counter counter = quarantined.get(reason);
    if (counter != null) {
      counter.inc();
    }
    byte[] key = record.key();
    byte[] value = record.value();
    output.collect(
        QUARANTINED,
        new StreamRecord<>(
            new Quarantined(
                topic,
                record.partition(),
                record.offset(),
                record.timestamp(),
                reason,
                detail,
                key == null ? null : ByteBuffer.wrap(key),
                value == null ? null : ByteBuffer.wrap(value))));
  }

  @SuppressWarnings("FutureReturnValueIgnored") // a timer that fails, fails the task
  private void scheduleFlush() {
    flushScheduled = true;
    long now = getProcessingTimeService().getCurrentProcessingTime();
    getProcessingTimeService()
        .registerTimer(
            now + MAX_DELAY_MILLIS,
            time -> {
              flushScheduled = false;
              flushAll();
            });
  }

  private void flushAll() {
    for (BlockColumns column : columns) {
      if (column != null && !column.isEmpty()) {
        flush(column);
      }
    }
  }

  private void flush(BlockColumns column) {
    SampleBlock full = column.take();
    samples.inc(full.size());
    blocks.inc();
    output.collect(block.replace(full));
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) {
    flushAll();
  }

  @Override
  public void endInput() {
    flushAll();
  }
}
