@NullMarked
package dev.penstock.core.selection.request;

import org.jspecify.annotations.NullMarked;
