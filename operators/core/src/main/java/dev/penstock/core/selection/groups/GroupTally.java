package dev.penstock.core.selection.groups;

import dev.penstock.core.selection.groups.TriggerGroups.Span;
import dev.penstock.core.timeline.Run;
import dev.penstock.schemas.spec.selection.SelectionSpec;
import dev.penstock.schemas.spec.selection.SelectionSpec.Grouping;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells the groups of samples at each trigger of a pipeline. It looks at samples only where spans
 * of time begin, and at the timeline's counts at triggers: {@code O(partitions + classes)} a
 * trigger, {@code O(log n)} a span.
 */
public final class GroupTally {

  private final List<SpanTally> spans;
  private @Nullable Origin origin;
  private long[] start = new long[0];

  /** Where the counting began, and what the timeline had counted by then. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Origin(long[] boundary, long[] samples, long[] labels) {}

  private GroupTally(List<SpanTally> spans) {
    this.spans = spans;
  }

  /** Whether a selection needs a tally. */
  public static boolean isNeeded(SelectionSpec selection) {
    return selection.policies().stream().anyMatch(policy -> !isOfWindow(policy));
  }

  /** Whether the window that decisions name is all that a policy needs to know. */
  private static boolean isOfWindow(SelectionSpec policy) {
    return policy instanceof SelectionSpec.NewData
        || (policy instanceof SelectionSpec.Sampled sampled
            && sampled.grouping() instanceof Grouping.None);
  }

  /** A tally of what the selection needs. */
  public static GroupTally of(SelectionSpec selection) {
    return new GroupTally(
        selection.policies().stream()
            .filter(SelectionSpec.Sampled.class::isInstance)
            .map(policy -> ((SelectionSpec.Sampled) policy).grouping())
            .filter(Grouping.Time.class::isInstance)
            .map(grouping -> ((Grouping.Time) grouping).width().toMillis())
            .distinct()
            .map(SpanTally::new)
            .toList());
  }

  /** Sees the first {@code samples} samples of a run, which follow those that it has seen. */
  public void see(Run run, long samples) {
    if (samples == 0) {
      return;
    }
    if (origin == null) {
      origin = new Origin(run.boundary(), run.samplesBefore(), run.labelsBefore());
      start = origin.boundary;
    }
    for (SpanTally tally : spans) {
      tally.see(run.first(samples));
    }
  }

  /** The groups at a trigger after which {@code rest} follows. */
  public TriggerGroups take(Run rest) {
    long[] end = rest.boundary();
    Origin from =
        origin == null ? new Origin(end, rest.samplesBefore(), rest.labelsBefore()) : origin;
    List<Span> taken = new ArrayList<>();
    for (SpanTally tally : spans) {
      taken.addAll(tally.take(end));
    }
    TriggerGroups groups =
        new TriggerGroups(
            from.boundary,
            origin == null ? end : start,
            end,
            difference(rest.samplesBefore(), from.samples),
            difference(rest.labelsBefore(), from.labels),
            taken);
    start = end;
    return groups;
  }

  private static long[] difference(long[] now, long[] before) {
    long[] difference = now.clone();
    for (int i = 0; i < Math.min(now.length, before.length); i++) {
      difference[i] -= before[i];
    }
    return difference;
  }

  /** Writes the state. */
  public void write(DataOutput out) throws IOException {
    out.writeBoolean(origin != null);
    if (origin != null) {
      TriggerGroups.write(origin.boundary, out);
      TriggerGroups.write(origin.samples, out);
      TriggerGroups.write(origin.labels, out);
      TriggerGroups.write(start, out);
    }
    out.writeInt(spans.size());
    for (SpanTally tally : spans) {
      tally.write(out);
    }
  }

  /** Takes up what {@link #write} wrote; spans of a width that is new begin afresh. */
  public void read(DataInput in) throws IOException {
    if (in.readBoolean()) {
      origin =
          new Origin(
              TriggerGroups.numbers(in), TriggerGroups.numbers(in), TriggerGroups.numbers(in));
      start = TriggerGroups.numbers(in);
    }
    for (int remaining = in.readInt(); remaining > 0; remaining--) {
      SpanTally written = SpanTally.read(in);
      spans.stream()
          .filter(tally -> tally.width() == written.width())
          .forEach(tally -> tally.takeUp(written));
    }
  }
}
