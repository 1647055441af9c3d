@NullMarked
package dev.penstock.core.cost;

import org.jspecify.annotations.NullMarked;
