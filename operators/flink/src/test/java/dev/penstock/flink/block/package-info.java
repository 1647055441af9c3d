@NullMarked
package dev.penstock.flink.block;

import org.jspecify.annotations.NullMarked;
