package dev.penstock.cli.ledger;

/**
 * A message and when it was written.
 *
 * @param message decoded
 * @param at wall clock of who wrote it, milliseconds
 */
record Written<T>(T message, long at) {}
