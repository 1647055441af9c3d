@NullMarked
package dev.penstock.flink.source;

import org.jspecify.annotations.NullMarked;
