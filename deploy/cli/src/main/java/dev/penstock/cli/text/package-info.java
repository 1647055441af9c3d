/** Text for terminals: columns, figures and colours. */
@NullMarked
package dev.penstock.cli.text;

import org.jspecify.annotations.NullMarked;
