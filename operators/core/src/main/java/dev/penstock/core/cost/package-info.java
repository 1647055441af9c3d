/** What it costs to train and what it costs to wait. */
@NullMarked
package dev.penstock.core.cost;

import org.jspecify.annotations.NullMarked;
