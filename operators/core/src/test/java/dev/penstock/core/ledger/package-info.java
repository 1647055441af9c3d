@NullMarked
package dev.penstock.core.ledger;

import org.jspecify.annotations.NullMarked;
