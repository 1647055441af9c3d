/** One pipeline's decisions, one after the other. */
@NullMarked
package dev.penstock.core.ledger;

import org.jspecify.annotations.NullMarked;
