@NullMarked
package dev.penstock.core.drift;

import org.jspecify.annotations.NullMarked;
