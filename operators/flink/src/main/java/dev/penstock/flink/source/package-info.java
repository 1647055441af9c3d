/** From raw records to blocks of samples. */
@NullMarked
package dev.penstock.flink.source;

import org.jspecify.annotations.NullMarked;
