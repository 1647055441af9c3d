@NullMarked
package dev.penstock.kafka.registry;

import org.jspecify.annotations.NullMarked;
