/** What a selection must know of the groups of samples in sight: by trigger, class and time. */
@NullMarked
package dev.penstock.core.selection.groups;

import org.jspecify.annotations.NullMarked;
