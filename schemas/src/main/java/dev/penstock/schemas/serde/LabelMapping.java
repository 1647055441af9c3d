package dev.penstock.schemas.serde;

import dev.penstock.schemas.spec.dataset.LabelSpec;
import dev.penstock.schemas.spec.dataset.RecordedLabel;
import java.util.List;
import java.util.Optional;

/** Makes a dataset's classes of what is recorded in their place. Allocates nothing. */
public final class LabelMapping {

  /** Of a label of which no class can be made. */
  public static final int REFUSED = -1;

  /** Of a label that is not there. */
  static final int UNLABELLED = -2;

  private final double[] thresholds;
  private final int[] classes;
  private final String demand;

  private LabelMapping(double[] thresholds, int[] classes, String demand) {
    this.thresholds = thresholds;
    this.classes = classes;
    this.demand = demand;
  }

  /** The mapping that a dataset declares; empty: labels are recorded as they are. */
  public static Optional<LabelMapping> of(LabelSpec label) {
    return label instanceof LabelSpec.Classes declared
        ? declared.from().map(from -> of(declared.names(), from))
        : Optional.empty();
  }

  private static LabelMapping of(List<String> names, RecordedLabel from) {
    if (from instanceof RecordedLabel.Real real) {
      double[] thresholds = real.thresholds().stream().mapToDouble(Double::doubleValue).toArray();
      return new LabelMapping(thresholds, new int[0], "a finite double");
    }
    if (from instanceof RecordedLabel.Classes recorded) {
      int other = recorded.other().map(names::indexOf).orElse(REFUSED);
      int[] classes = new int[recorded.names().size()];
      for (int i = 0; i < classes.length; i++) {
        String to = recorded.to().get(recorded.names().get(i));
        classes[i] = to == null ? other : names.indexOf(to);
      }
      return new LabelMapping(
          new double[0], classes, "a class in [0, " + classes.length + ") that from.to has");
    }
    throw new IllegalArgumentException("No mapping for " + from);
  }

  /**
   * The class that a recorded label becomes, {@link #REFUSED} or {@link #UNLABELLED}.
   *
   * @param recordedClass of a label that is a class
   * @param recordedReal of one that is a number
   */
  public int of(LabelKind kind, long recordedClass, double recordedReal) {
    return switch (kind) {
      case NONE -> UNLABELLED;
      case CLASS -> ofClass(recordedClass);
      case REAL -> ofReal(recordedReal);
    };
  }

  private int ofClass(long recorded) {
    return recorded >= 0 && recorded < classes.length ? classes[(int) recorded] : REFUSED;
  }

  private int ofReal(double recorded) {
    if (thresholds.length == 0 || !Double.isFinite(recorded)) {
      return REFUSED;
    }
    int reached = 0;
    while (reached < thresholds.length && recorded >= thresholds[reached]) {
      reached++;
    }
    return reached;
  }

  /** What a recorded label must be. */
  String demand() {
    return demand;
  }
}
