package dev.penstock.core.forecast;

import dev.penstock.core.stats.Require;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.OptionalDouble;

/**
 * How densely samples come: samples a second, averaged over the last blocks.
 *
 * <p>A block lasts from the end of the block before it, the first from its own first sample, to its
 * last sample. The average is of the blocks' densities, not of all samples over all time. As Modyn
 * tracks it (Böther et al.: Modyn, SIGMOD 2025), but a block that lasts no time has no density and
 * is left out of the average; Modyn divides by 0.
 */
public final class DataDensityTracker {

  private final int window;
  private final Deque<Block> blocks = new ArrayDeque<>();
  private boolean started;
  private long end;

  /**
   * A block of samples.
   *
   * @param samples in it
   * @param seconds that it lasts
   */
  public record Block(long samples, double seconds) {

    private double density() {
      return samples / seconds;
    }
  }

  /**
   * No blocks yet.
   *
   * @param window blocks that are averaged, at least 1; 20 by default
   * @throws IllegalArgumentException if it is less
   */
  public DataDensityTracker(int window) {
    Require.atLeast("data-density-window-size", window, 1);
    this.window = window;
  }

  /**
   * Adds a block.
   *
   * @param samples in it, at least 1
   * @param firstMillis time of its first sample
   * @param lastMillis time of its last sample
   * @throws IllegalArgumentException if it has no samples
   */
  public void add(long samples, long firstMillis, long lastMillis) {
    Require.atLeast("samples", samples, 1);
    double seconds = Math.max(0, lastMillis - (started ? end : firstMillis)) / 1000.0;
    started = true;
    end = lastMillis;
    blocks.addLast(new Block(samples, seconds));
    if (blocks.size() > window) {
      blocks.removeFirst();
    }
  }

  /** The last blocks, oldest first. */
  public List<Block> blocks() {
    return List.copyOf(blocks);
  }

  /** Samples a second; empty: no block has lasted any time. */
  public OptionalDouble average() {
    return blocks.stream().filter(block -> block.seconds > 0).mapToDouble(Block::density).average();
  }

  /** Writes the state; the settings are not part of it. */
  public void write(DataOutput out) throws IOException {
    out.writeBoolean(started);
    out.writeLong(end);
    out.writeInt(blocks.size());
    for (Block block : blocks) {
      out.writeLong(block.samples);
      out.writeDouble(block.seconds);
    }
  }

  /** Takes a state that a tracker of the same settings wrote, and goes on as that one would. */
  public void read(DataInput in) throws IOException {
    started = in.readBoolean();
    end = in.readLong();
    blocks.clear();
    int count = in.readInt();
    for (int i = 0; i < count; i++) {
      long samples = in.readLong();
      blocks.addLast(new Block(samples, in.readDouble()));
    }
  }
}
