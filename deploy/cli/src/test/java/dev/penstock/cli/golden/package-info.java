@NullMarked
package dev.penstock.cli.golden;

import org.jspecify.annotations.NullMarked;
