/** One decision from the votes of several criteria or triggers. */
@NullMarked
package dev.penstock.core.vote;

import org.jspecify.annotations.NullMarked;
