/** Compares Penstock's algorithms with reference values, case by case. */
@NullMarked
package dev.penstock.cli.golden;

import org.jspecify.annotations.NullMarked;
