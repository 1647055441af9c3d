/** Recorded samples through the real jobs in lockstep, and what came of it. */
@NullMarked
package dev.penstock.cli.replay;

import org.jspecify.annotations.NullMarked;
