@NullMarked
package dev.penstock.core.selection.plan;

import org.jspecify.annotations.NullMarked;
