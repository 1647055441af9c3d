/** What all benchmarks share: interleaved runs, medians, and a report with goals. */
@NullMarked
package dev.penstock.core.benchmark;

import org.jspecify.annotations.NullMarked;
