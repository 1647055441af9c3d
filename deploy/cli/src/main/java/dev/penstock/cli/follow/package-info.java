/** Reads what jobs and workers have written. */
@NullMarked
package dev.penstock.cli.follow;

import org.jspecify.annotations.NullMarked;
