/** Seeded streams of labelled samples whose concept drifts. */
@NullMarked
package dev.penstock.datagen.stream;

import org.jspecify.annotations.NullMarked;
