package dev.penstock.schemas.serde;

/** What a sample's label is on the wire, in the order of the union's branches. */
public enum LabelKind {
  /** Not labelled (yet). */
  NONE(0),
  /** A class index. */
  CLASS(1),
  /** A regression target. */
  REAL(2);

  private final int branch;

  LabelKind(int branch) {
    this.branch = branch;
  }

  /** Index of the label's branch in the schema's union. */
  int branch() {
    return branch;
  }
}
