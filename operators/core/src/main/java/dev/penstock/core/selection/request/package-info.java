/** What each partition is asked to select at a trigger, planned from the sizes of groups alone. */
@NullMarked
package dev.penstock.core.selection.request;

import org.jspecify.annotations.NullMarked;
