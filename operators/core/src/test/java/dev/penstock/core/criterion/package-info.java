@NullMarked
package dev.penstock.core.criterion;

import org.jspecify.annotations.NullMarked;
