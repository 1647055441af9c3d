package dev.penstock.core.selection.groups;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Sizes and places of the groups of samples up to a fired decision. Counts are of all samples since
 * the counting of the pipeline began, so that those of a window are a difference.
 *
 * @param origin by partition, where the counting began
 * @param start by partition, where the trigger's new samples begin
 * @param end by partition, exclusive end of what the trigger has seen
 * @param samples by partition, since the origin
 * @param labels by class, since the origin; classes of higher indexes have none
 * @param spans of slice time of the trigger's new samples, ascending for each width
 */
@SuppressWarnings("ArrayRecordComponent") // a message, never compared
public record TriggerGroups(
    long[] origin, long[] start, long[] end, long[] samples, long[] labels, List<Span> spans) {

  public TriggerGroups {
    spans = List.copyOf(spans);
  }

  /**
   * Samples of one span of slice time.
   *
   * @param width of spans, milliseconds
   * @param number of the span since the epoch
   * @param end by partition, exclusive end of its samples
   * @param samples that it has
   */
  @SuppressWarnings("ArrayRecordComponent") // a message, never compared
  public record Span(long width, long number, long[] end, long samples) {}

  /** All samples since the origin. */
  public long total() {
    return Arrays.stream(samples).sum();
  }

  /** Writes the groups. */
  public void write(DataOutput out) throws IOException {
    for (long[] numbers : List.of(origin, start, end, samples, labels)) {
      write(numbers, out);
    }
    out.writeInt(spans.size());
    for (Span span : spans) {
      out.writeLong(span.width);
      out.writeLong(span.number);
      write(span.end, out);
      out.writeLong(span.samples);
    }
  }

  /** Reads what {@link #write} wrote. */
  public static TriggerGroups read(DataInput in) throws IOException {
    long[] origin = numbers(in);
    long[] start = numbers(in);
    long[] end = numbers(in);
    long[] samples = numbers(in);
    long[] labels = numbers(in);
    List<Span> spans = new ArrayList<>();
    for (int remaining = in.readInt(); remaining > 0; remaining--) {
      spans.add(new Span(in.readLong(), in.readLong(), numbers(in), in.readLong()));
    }
    return new TriggerGroups(origin, start, end, samples, labels, spans);
  }

  static void write(long[] numbers, DataOutput out) throws IOException {
    out.writeInt(numbers.length);
    for (long number : numbers) {
      out.writeLong(number);
    }
  }

  static long[] numbers(DataInput in) throws IOException {
    long[] numbers = new long[in.readInt()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = in.readLong();
    }
    return numbers;
  }
}
