@NullMarked
package dev.penstock.core.timeline;

import org.jspecify.annotations.NullMarked;
