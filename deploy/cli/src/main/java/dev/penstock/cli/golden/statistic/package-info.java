/** Tests, distances and metrics by other libraries. */
@NullMarked
package dev.penstock.cli.golden.statistic;

import org.jspecify.annotations.NullMarked;
