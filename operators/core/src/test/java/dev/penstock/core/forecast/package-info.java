@NullMarked
package dev.penstock.core.forecast;

import org.jspecify.annotations.NullMarked;
