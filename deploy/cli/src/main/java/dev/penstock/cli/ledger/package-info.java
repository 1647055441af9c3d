/** Reads what jobs and workers have written, and tells it: the ledger, and what came of it. */
@NullMarked
package dev.penstock.cli.ledger;

import org.jspecify.annotations.NullMarked;
