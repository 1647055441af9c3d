/** Files of reference values, and how their cases are compared. */
@NullMarked
package dev.penstock.cli.golden.suite;

import org.jspecify.annotations.NullMarked;
