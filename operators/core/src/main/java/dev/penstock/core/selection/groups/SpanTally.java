package dev.penstock.core.selection.groups;

import dev.penstock.core.selection.groups.TriggerGroups.Span;
import dev.penstock.core.timeline.Run;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Cuts samples in position order into spans of slice time of one width. */
final class SpanTally {

  private final long width;
  private final List<Span> ended = new ArrayList<>();
  private long number;
  private long samples;

  SpanTally(long width) {
    this.width = width;
  }

  long width() {
    return width;
  }

  /** Sees samples that follow those it has seen. */
  void see(Run run) {
    Run left = run;
    while (left.size() > 0) {
      long next = Math.floorDiv(left.firstTime(), width);
      if (samples > 0 && next != number) {
        ended.add(new Span(width, number, left.boundary(), samples));
        samples = 0;
      }
      number = next;
      long inSpan = left.countBefore((number + 1) * width);
      samples += inSpan;
      left = left.skip(inSpan);
    }
  }

  /** The spans since the last trigger; the last of them may go on after this one. */
  List<Span> take(long[] end) {
    List<Span> taken = new ArrayList<>(ended);
    if (samples > 0) {
      taken.add(new Span(width, number, end, samples));
    }
    ended.clear();
    samples = 0;
    return taken;
  }

  void takeUp(SpanTally written) {
    ended.addAll(written.ended);
    number = written.number;
    samples = written.samples;
  }

  void write(DataOutput out) throws IOException {
    out.writeLong(width);
    out.writeLong(number);
    out.writeLong(samples);
    out.writeInt(ended.size());
    for (Span span : ended) {
      out.writeLong(span.number());
      TriggerGroups.write(span.end(), out);
      out.writeLong(span.samples());
    }
  }

  static SpanTally read(DataInput in) throws IOException {
    SpanTally tally = new SpanTally(in.readLong());
    tally.number = in.readLong();
    tally.samples = in.readLong();
    for (int remaining = in.readInt(); remaining > 0; remaining--) {
      tally.ended.add(
          new Span(tally.width, in.readLong(), TriggerGroups.numbers(in), in.readLong()));
    }
    return tally;
  }
}
