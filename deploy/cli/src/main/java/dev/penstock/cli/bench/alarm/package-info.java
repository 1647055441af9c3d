/** False alarms under a budget, counted on streams without drift. */
@NullMarked
package dev.penstock.cli.bench.alarm;

import org.jspecify.annotations.NullMarked;
