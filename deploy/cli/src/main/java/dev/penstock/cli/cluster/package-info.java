/** A cluster of processes on this machine. */
@NullMarked
package dev.penstock.cli.cluster;

import org.jspecify.annotations.NullMarked;
