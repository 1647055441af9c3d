/** Model versions by the names that people give them: ids, and aliases derived from the log. */
@NullMarked
package dev.penstock.kafka.registry;

import org.jspecify.annotations.NullMarked;
