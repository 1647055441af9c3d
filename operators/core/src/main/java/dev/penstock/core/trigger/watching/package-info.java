/** Policies that look at samples: at their features, labels, and at what models say of them. */
@NullMarked
package dev.penstock.core.trigger.watching;

import org.jspecify.annotations.NullMarked;
