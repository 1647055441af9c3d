@NullMarked
package dev.penstock.flink.observation;

import org.jspecify.annotations.NullMarked;
