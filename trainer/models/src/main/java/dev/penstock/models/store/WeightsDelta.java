package dev.penstock.models.store;

import dev.penstock.models.store.SafetensorsLayout.Region;
import dev.penstock.schemas.spec.storage.ModelStorageSpec.Operator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The payload of a stored file: the safetensors file's prefix as it is, then tensor by tensor what
 * its numbers differ in from the base's, as WeightsDifference of Modyn (Böther et al., SIGMOD
 * 2025). With bytes shuffled, all first bytes of a tensor's numbers come first, then all second
 * ones: those that hardly change then stand together.
 *
 * <p>Both operators work on the bits and are undone exactly: exclusive or is its own inverse, and
 * the difference is that of whole numbers modulo 2 to the number of bits. A difference of floats is
 * rounded and could not be undone.
 */
final class WeightsDelta {

  private final @Nullable Operator operator;
  private final boolean shuffled;

  /**
   * A way to make payloads.
   *
   * @param operator empty: tensors as they are
   * @param shuffled whether bytes are shuffled
   */
  WeightsDelta(Optional<Operator> operator, boolean shuffled) {
    this.operator = operator.orElse(null);
    this.shuffled = shuffled;
  }

  /** The payload of {@code file}; the base is another safetensors file, or empty. */
  byte[] encode(byte[] file, byte[] base) {
    SafetensorsLayout layout = SafetensorsLayout.of(file, file.length);
    Base bases = new Base(base);
    byte[] payload = file.clone();
    for (Region region : layout.tensors()) {
      int baseStart = bases.start(region);
      int numbers = region.length() / region.width();
      for (int i = 0; i < numbers; i++) {
        int at = region.start() + i * region.width();
        long value = get(file, at, region.width());
        if (baseStart >= 0) {
          value =
              difference(value, get(base, baseStart + i * region.width(), region.width()), region);
        }
        put(payload, region, i, value);
      }
    }
    return payload;
  }

  /** The file that {@code payload} was made of, with the same base. */
  byte[] decode(byte[] payload, byte[] base) {
    SafetensorsLayout layout = SafetensorsLayout.of(payload, payload.length);
    Base bases = new Base(base);
    byte[] file = payload.clone();
    for (Region region : layout.tensors()) {
      int baseStart = bases.start(region);
      int numbers = region.length() / region.width();
      for (int i = 0; i < numbers; i++) {
        long value = take(payload, region, i);
        if (baseStart >= 0) {
          value = sum(value, get(base, baseStart + i * region.width(), region.width()));
        }
        set(file, region.start() + i * region.width(), region.width(), value);
      }
    }
    return file;
  }

  /** Where the base has a tensor like another one. */
  private final class Base {

    private final Optional<SafetensorsLayout> layout;

    private Base(byte[] base) {
      this.layout =
          operator == null
              ? Optional.empty()
              : Optional.of(SafetensorsLayout.of(base, base.length));
    }

    private int start(Region region) {
      return layout
          .flatMap(other -> other.find(region.name()))
          .filter(region::isLike)
          .map(Region::start)
          .orElse(-1);
    }
  }

  /** Signs go to the last bit, so that small differences begin with zeros. */
  private long difference(long value, long base, Region region) {
    if (operator == Operator.XOR) {
      return value ^ base;
    }
    int unused = Long.SIZE - region.width() * Byte.SIZE;
    long difference = ((value - base) << unused) >> unused;
    return (difference << 1) ^ (difference >> 63);
  }

  private long sum(long value, long base) {
    if (operator == Operator.XOR) {
      return value ^ base;
    }
    return ((value >>> 1) ^ -(value & 1)) + base;
  }

  private void put(byte[] payload, Region region, int i, long value) {
    if (!shuffled) {
      set(payload, region.start() + i * region.width(), region.width(), value);
      return;
    }
    int numbers = region.length() / region.width();
    long rest = value;
    for (int at = region.start() + i; at < region.start() + region.length(); at += numbers) {
      payload[at] = (byte) rest;
      rest >>= Byte.SIZE;
    }
  }

  private long take(byte[] payload, Region region, int i) {
    if (!shuffled) {
      return get(payload, region.start() + i * region.width(), region.width());
    }
    int numbers = region.length() / region.width();
    long value = 0;
    for (int at = region.start() + region.length() - numbers + i;
        at >= region.start();
        at -= numbers) {
      value = (value << Byte.SIZE) | (payload[at] & 0xff);
    }
    return value;
  }

  private static long get(byte[] bytes, int at, int width) {
    long value = 0;
    for (int i = width - 1; i >= 0; i--) {
      value = (value << Byte.SIZE) | (bytes[at + i] & 0xff);
    }
    return value;
  }

  private static void set(byte[] bytes, int at, int width, long value) {
    long rest = value;
    for (int i = 0; i < width; i++) {
      bytes[at + i] = (byte) rest;
      rest >>= Byte.SIZE;
    }
  }
}
