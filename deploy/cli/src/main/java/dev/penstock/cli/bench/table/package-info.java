/** Figures of benchmarks that are tables. */
@NullMarked
package dev.penstock.cli.bench.table;

import org.jspecify.annotations.NullMarked;
