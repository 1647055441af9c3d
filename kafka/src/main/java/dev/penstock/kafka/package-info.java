/** What everything that talks to Kafka shares: making topics, reading them whole. */
@NullMarked
package dev.penstock.kafka;

import org.jspecify.annotations.NullMarked;
