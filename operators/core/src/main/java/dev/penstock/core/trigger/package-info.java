/** When to train: policies as reducers, and the ledger that makes decisions of their answers. */
@NullMarked
package dev.penstock.core.trigger;

import org.jspecify.annotations.NullMarked;
