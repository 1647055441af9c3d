/** Seeded hashes in place of random numbers, and choices by them that can be made in parts. */
@NullMarked
package dev.penstock.core.sampling;

import org.jspecify.annotations.NullMarked;
