@NullMarked
package dev.penstock.core.detector;

import org.jspecify.annotations.NullMarked;
