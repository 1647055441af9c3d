@NullMarked
package dev.penstock.flink.evaluation;

import org.jspecify.annotations.NullMarked;
