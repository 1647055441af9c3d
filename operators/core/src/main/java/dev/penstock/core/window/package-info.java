/** The windows of samples between which drift is measured. */
@NullMarked
package dev.penstock.core.window;

import org.jspecify.annotations.NullMarked;
