@NullMarked
package dev.penstock.core.sampling;

import org.jspecify.annotations.NullMarked;
