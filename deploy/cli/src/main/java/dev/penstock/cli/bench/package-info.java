/** Benchmarks that print a ratio to a baseline of the same run. */
@NullMarked
package dev.penstock.cli.bench;

import org.jspecify.annotations.NullMarked;
