package dev.penstock.cli.ledger.read;

/**
 * A message and when it was written.
 *
 * @param message decoded
 * @param at wall clock of who wrote it, milliseconds
 */
public record Written<T>(T message, long at) {}
