/** What is expected of the next block, from the blocks before it. */
@NullMarked
package dev.penstock.core.forecast;

import org.jspecify.annotations.NullMarked;
