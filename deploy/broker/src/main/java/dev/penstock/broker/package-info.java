/** A real Kafka broker inside a JVM: for the local stack and for tests. */
@NullMarked
package dev.penstock.broker;

import org.jspecify.annotations.NullMarked;
