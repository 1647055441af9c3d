/** The whole loop on one machine, to watch. */
@NullMarked
package dev.penstock.cli.demo;

import org.jspecify.annotations.NullMarked;
