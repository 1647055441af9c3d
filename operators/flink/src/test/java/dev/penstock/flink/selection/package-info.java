@NullMarked
package dev.penstock.flink.selection;

import org.jspecify.annotations.NullMarked;
