package dev.penstock.core.window;

import dev.penstock.schemas.spec.trigger.drift.WindowsSpec;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.PriorityQueue;
import java.util.function.Predicate;

/**
 * The windows that {@link DetectionWindows} defines, of which a sample each is kept: the {@code k}
 * elements of least hash, so that what is compared depends on the elements alone.
 *
 * <p>Elements come in the order of their times, so that every window, now or later, is a stretch of
 * the stream that ends at its newest element or at a trigger. An element is kept while fewer than
 * {@code k} that came after it up to that end have a lesser hash, for no window that holds it could
 * leave those out. Of {@code n} elements {@code k (1 + ln(n / k))} are kept on average (Babcock,
 * Datar, Motwani: Sampling from a moving window over streaming data, SODA 2002, has the argument).
 *
 * @param <T> element
 */
public final class SampledWindows<T> {

  private static final Comparator<Element<?>> BY_HASH =
      (a, b) -> {
        int order = Long.compareUnsigned(a.hash, b.hash);
        return order != 0 ? order : Long.compare(a.number, b.number);
      };
  private static final Comparator<Long> LARGEST_FIRST = (a, b) -> Long.compareUnsigned(b, a);

  private final Extent reference;
  private final Extent current;
  private final boolean allowOverlap;
  private final int sampleSize;
  private final List<Element<T>> kept = new ArrayList<>();

  /** Kept elements at which those that can go are looked for. */
  private int trimAt = 1024;

  /** Elements that have come. */
  private long count;

  private long newestTime = Long.MIN_VALUE;

  /** The same at the last trigger. */
  private long countAtTrigger;

  private long timeAtTrigger = Long.MIN_VALUE;

  /**
   * How far a window reaches back from its end.
   *
   * @param samples of it at most
   * @param millis of slice time at most
   */
  private record Extent(long samples, long millis) {

    private boolean holds(Element<?> element, long endCount, long endTime) {
      return element.number > endCount - samples
          && (endTime < Long.MIN_VALUE + millis || element.time >= endTime - millis);
    }
  }

  /**
   * An element.
   *
   * @param number of elements up to and including this one
   */
  private record Element<T>(T value, long number, long time, long hash) {}

  /**
   * Empty windows.
   *
   * @param sampleSize elements of a sample at most; empty: all
   */
  public SampledWindows(WindowsSpec settings, OptionalInt sampleSize) {
    if (settings instanceof WindowsSpec.Amount amount) {
      this.reference = new Extent(amount.amountRef(), Long.MAX_VALUE);
      this.current = new Extent(amount.amountCur(), Long.MAX_VALUE);
    } else if (settings instanceof WindowsSpec.Time time) {
      this.reference = new Extent(Long.MAX_VALUE, time.limitRef().toMillis());
      this.current = new Extent(Long.MAX_VALUE, time.limitCur().toMillis());
    } else {
      throw new IllegalArgumentException("No windows for " + settings);
    }
    this.allowOverlap = settings.allowOverlap();
    this.sampleSize = sampleSize.orElse(Integer.MAX_VALUE);
  }

  /**
   * Adds an element.
   *
   * @param time slice time, milliseconds, at least that of the element before
   * @param hash by which it is drawn, all 64 bits uniform
   */
  public void add(T value, long time, long hash) {
    count++;
    newestTime = time;
    kept.add(new Element<>(value, count, time, hash));
    if (kept.size() >= trimAt) {
      trim();
      trimAt = Math.max(1024, 2 * kept.size());
    }
  }

  /** A model is trained on what has come: it becomes the reference. */
  public void onTrigger() {
    countAtTrigger = count;
    timeAtTrigger = newestTime;
  }

  /** A sample of the current window, oldest first. */
  public List<T> current() {
    return sample(this::isCurrent);
  }

  /** A sample of the reference window, oldest first; empty before the first trigger. */
  public List<T> reference() {
    return sample(this::isReference);
  }

  private boolean isCurrent(Element<T> element) {
    return current.holds(element, count, newestTime)
        && (allowOverlap || element.number > countAtTrigger);
  }

  private boolean isReference(Element<T> element) {
    return element.number <= countAtTrigger
        && reference.holds(element, countAtTrigger, timeAtTrigger);
  }

  /** Whether the element would be of the reference if a model were trained now. */
  private boolean isNextReference(Element<T> element) {
    return reference.holds(element, count, newestTime);
  }

  private List<T> sample(Predicate<Element<T>> window) {
    List<Element<T>> elements = kept.stream().filter(window).toList();
    if (elements.size() > sampleSize) {
      elements =
          elements.stream()
              .sorted(BY_HASH)
              .limit(sampleSize)
              .sorted(Comparator.comparingLong(element -> element.number))
              .toList();
    }
    return elements.stream().map(element -> element.value).toList();
  }

  /** Forgets what no window can hold and what no sample can draw. */
  private void trim() {
    List<Element<T>> left = new ArrayList<>();
    // Hashes of the newer elements up to the end of the windows, the least of them, largest first.
    PriorityQueue<Long> least = new PriorityQueue<>(LARGEST_FIRST);
    boolean inReference = false;
    for (int i = kept.size() - 1; i >= 0; i--) {
      Element<T> element = kept.get(i);
      if (!inReference && element.number <= countAtTrigger) {
        inReference = true;
        least.clear();
      }
      boolean reachable = isReference(element) || isCurrent(element) || isNextReference(element);
      if (reachable && drawable(element.hash, least)) {
        left.add(element);
      }
    }
    Collections.reverse(left);
    kept.clear();
    kept.addAll(left);
  }

  private boolean drawable(long hash, PriorityQueue<Long> least) {
    if (least.size() < sampleSize) {
      least.add(hash);
      return true;
    }
    Long largest = least.peek();
    if (largest == null || Long.compareUnsigned(hash, largest) >= 0) {
      return false;
    }
    least.poll();
    least.add(hash);
    return true;
  }

  /** Elements that are kept, for what they cost. */
  public int size() {
    return kept.size();
  }

  /** Writes the windows; the settings are not part of it. */
  public void write(ElementCodec<T> codec, DataOutput out) throws IOException {
    trim();
    out.writeLong(count);
    out.writeLong(newestTime);
    out.writeLong(countAtTrigger);
    out.writeLong(timeAtTrigger);
    out.writeInt(kept.size());
    for (Element<T> element : kept) {
      out.writeLong(element.number);
      out.writeLong(element.time);
      out.writeLong(element.hash);
      codec.write(element.value, out);
    }
  }

  /** Takes windows that others of the same settings wrote, and goes on as those would. */
  public void read(ElementCodec<T> codec, DataInput in) throws IOException {
    count = in.readLong();
    newestTime = in.readLong();
    countAtTrigger = in.readLong();
    timeAtTrigger = in.readLong();
    kept.clear();
    for (int remaining = in.readInt(); remaining > 0; remaining--) {
      long number = in.readLong();
      long time = in.readLong();
      long hash = in.readLong();
      kept.add(new Element<>(codec.read(in), number, time, hash));
    }
  }
}
