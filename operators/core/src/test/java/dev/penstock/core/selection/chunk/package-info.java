@NullMarked
package dev.penstock.core.selection.chunk;

import org.jspecify.annotations.NullMarked;
