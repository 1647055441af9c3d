@NullMarked
package dev.penstock.cli.replay.recording;

import org.jspecify.annotations.NullMarked;
