/** Reads recorded files of many formats as samples, by a dataset's declaration alone. */
@NullMarked
package dev.penstock.datagen.reader;

import org.jspecify.annotations.NullMarked;
