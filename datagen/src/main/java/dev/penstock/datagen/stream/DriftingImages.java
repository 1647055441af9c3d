package dev.penstock.datagen.stream;

import java.util.SplittableRandom;

/**
 * Grey images of 28×28 pixels: a class is a pattern of soft blobs, which lie elsewhere in each
 * concept; every image is shifted, dimmed and noisy. Values are whole numbers in [0, 255].
 *
 * @param classes number of classes
 * @param seed of the patterns
 */
public record DriftingImages(int classes, long seed) implements LabelledStream {

  /** Pixels of a side. */
  public static final int SIDE = 28;

  private static final int BLOBS = 3;
  private static final double RADIUS = 3.5;
  private static final int MAX_SHIFT = 2;
  private static final double NOISE = 25;

  @Override
  public int features() {
    return SIDE * SIDE;
  }

  @Override
  public int draw(double concept, SplittableRandom random, float[] pixels) {
    int label = random.nextInt(classes);
    int whole = (int) concept;
    double part = concept - whole;
    SplittableRandom from = new SplittableRandom(seed + 1_000_003L * whole + label);
    SplittableRandom to = new SplittableRandom(seed + 1_000_003L * (whole + 1) + label);
    double shiftX = random.nextInt(2 * MAX_SHIFT + 1) - MAX_SHIFT;
    double shiftY = random.nextInt(2 * MAX_SHIFT + 1) - MAX_SHIFT;
    double brightness = 120 + 100 * random.nextDouble();
    double[] x = new double[BLOBS];
    double[] y = new double[BLOBS];
    for (int blob = 0; blob < BLOBS; blob++) {
      x[blob] = shiftX + coordinate(from) * (1 - part) + coordinate(to) * part;
      y[blob] = shiftY + coordinate(from) * (1 - part) + coordinate(to) * part;
    }
    for (int i = 0; i < pixels.length; i++) {
      double light = brightness * light(x, y, i % SIDE, i / SIDE);
      double value = light + NOISE * LabelledStream.gaussian(random);
      pixels[i] = (float) Math.rint(Math.max(0, Math.min(255, value)));
    }
    return label;
  }

  private static double light(double[] x, double[] y, int column, int row) {
    double light = 0;
    for (int blob = 0; blob < BLOBS; blob++) {
      double dx = column - x[blob];
      double dy = row - y[blob];
      light += StrictMath.exp(-(dx * dx + dy * dy) / (2 * RADIUS * RADIUS));
    }
    return Math.min(1, light);
  }

  private static double coordinate(SplittableRandom random) {
    return 5 + (SIDE - 10) * random.nextDouble();
  }
}
