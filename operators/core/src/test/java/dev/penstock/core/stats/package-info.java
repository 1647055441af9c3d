@NullMarked
package dev.penstock.core.stats;

import org.jspecify.annotations.NullMarked;
