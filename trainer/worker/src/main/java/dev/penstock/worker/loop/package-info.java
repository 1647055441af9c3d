/** The steps of a training over a buffer of samples; knows of no task. */
@NullMarked
package dev.penstock.worker.loop;

import org.jspecify.annotations.NullMarked;
