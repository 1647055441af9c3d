/** What policies and evaluations look at of a sample: its label, payload, and what models say. */
@NullMarked
package dev.penstock.flink.observation;

import org.jspecify.annotations.NullMarked;
