package dev.penstock.core.submodular;

/**
 * A function of a growing set whose gains only shrink as the set grows: submodular. In floating
 * point too, so that a gain from before is a bound.
 */
public interface SetFunction {

  /** Number of elements that there are. */
  int size();

  /** What the function would gain by an element that is not in the set. */
  double gain(int element);

  /** Puts an element into the set. */
  void add(int element);
}
