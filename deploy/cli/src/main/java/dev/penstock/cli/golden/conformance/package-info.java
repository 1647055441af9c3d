/** Modyn's own tests. */
@NullMarked
package dev.penstock.cli.golden.conformance;

import org.jspecify.annotations.NullMarked;
