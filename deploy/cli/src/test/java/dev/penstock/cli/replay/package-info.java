@NullMarked
package dev.penstock.cli.replay;

import org.jspecify.annotations.NullMarked;
