/** What a replay leaves: a folder of results, and their summary. */
@NullMarked
package dev.penstock.cli.replay.results;

import org.jspecify.annotations.NullMarked;
