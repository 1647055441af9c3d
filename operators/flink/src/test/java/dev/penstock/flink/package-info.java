@NullMarked
package dev.penstock.flink;

import org.jspecify.annotations.NullMarked;
