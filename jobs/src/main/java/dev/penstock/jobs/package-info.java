/** Mains of the Flink jobs. */
@NullMarked
package dev.penstock.jobs;

import org.jspecify.annotations.NullMarked;
