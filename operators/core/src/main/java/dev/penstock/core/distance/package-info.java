/** How far two windows of data are from each other. */
@NullMarked
package dev.penstock.core.distance;

import org.jspecify.annotations.NullMarked;
