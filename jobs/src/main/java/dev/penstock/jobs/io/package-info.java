/** Where streams come from and go to: the only package that knows Flink and Kafka. */
@NullMarked
package dev.penstock.jobs.io;

import org.jspecify.annotations.NullMarked;
