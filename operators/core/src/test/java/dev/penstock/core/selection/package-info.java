@NullMarked
package dev.penstock.core.selection;

import org.jspecify.annotations.NullMarked;
