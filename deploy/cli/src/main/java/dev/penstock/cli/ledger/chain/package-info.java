/** What led to a decision, and what came of it. */
@NullMarked
package dev.penstock.cli.ledger.chain;

import org.jspecify.annotations.NullMarked;
