/** Processes, ports and where the distribution lies. */
@NullMarked
package dev.penstock.cli.process;

import org.jspecify.annotations.NullMarked;
