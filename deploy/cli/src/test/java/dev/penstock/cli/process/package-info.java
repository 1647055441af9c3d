@NullMarked
package dev.penstock.cli.process;

import org.jspecify.annotations.NullMarked;
