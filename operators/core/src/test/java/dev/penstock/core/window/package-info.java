@NullMarked
package dev.penstock.core.window;

import org.jspecify.annotations.NullMarked;
