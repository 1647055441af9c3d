/** What reading from Kafka costs a training, beside the same training on tensors in memory. */
@NullMarked
package dev.penstock.worker.benchmark;

import org.jspecify.annotations.NullMarked;
