@NullMarked
package dev.penstock.cli.ledger.chain;

import org.jspecify.annotations.NullMarked;
