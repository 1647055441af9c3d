/**
 * Small statistics that policies share: quantiles, means, sums, a ridge line, the last numbers of a
 * series.
 */
@NullMarked
package dev.penstock.core.stats;

import org.jspecify.annotations.NullMarked;
