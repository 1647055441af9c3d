/** Reads the messages of a deployment: decisions, tasks, versions and evaluations. */
@NullMarked
package dev.penstock.cli.ledger.read;

import org.jspecify.annotations.NullMarked;
