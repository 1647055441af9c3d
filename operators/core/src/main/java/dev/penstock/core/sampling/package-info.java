/** Seeded hashes in place of random numbers. */
@NullMarked
package dev.penstock.core.sampling;

import org.jspecify.annotations.NullMarked;
