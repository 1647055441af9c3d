@NullMarked
package dev.penstock.cli.bench.trigger;

import org.jspecify.annotations.NullMarked;
