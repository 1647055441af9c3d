@NullMarked
package dev.penstock.core.trigger;

import org.jspecify.annotations.NullMarked;
