@NullMarked
package dev.penstock.flink.trigger;

import org.jspecify.annotations.NullMarked;
