/** Optimizers over the engine's arrays whose whole state can be saved and restored. */
@NullMarked
package dev.penstock.worker.optimizer;

import org.jspecify.annotations.NullMarked;
