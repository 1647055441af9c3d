/** Takes tasks, starts trainings, publishes model versions. */
@NullMarked
package dev.penstock.worker.supervisor;

import org.jspecify.annotations.NullMarked;
