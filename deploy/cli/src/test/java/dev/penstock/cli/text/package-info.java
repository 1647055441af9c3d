@NullMarked
package dev.penstock.cli.text;

import org.jspecify.annotations.NullMarked;
