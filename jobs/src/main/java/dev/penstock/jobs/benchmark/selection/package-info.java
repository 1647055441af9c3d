/** What selections cost: state, checkpoints, and the time from a decision to its task. */
@NullMarked
package dev.penstock.jobs.benchmark.selection;

import org.jspecify.annotations.NullMarked;
