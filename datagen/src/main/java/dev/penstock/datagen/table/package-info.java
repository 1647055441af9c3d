/** Rows of text files with columns, and what features are made of them. */
@NullMarked
package dev.penstock.datagen.table;

import org.jspecify.annotations.NullMarked;
