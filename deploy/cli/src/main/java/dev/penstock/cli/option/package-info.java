/** Options that several commands have. */
@NullMarked
package dev.penstock.cli.option;

import org.jspecify.annotations.NullMarked;
