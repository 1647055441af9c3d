@NullMarked
package dev.penstock.cli.ledger;

import org.jspecify.annotations.NullMarked;
