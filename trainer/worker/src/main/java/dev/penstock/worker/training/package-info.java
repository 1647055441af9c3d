/** Trains one model version, in a process of its own. */
@NullMarked
package dev.penstock.worker.training;

import org.jspecify.annotations.NullMarked;
