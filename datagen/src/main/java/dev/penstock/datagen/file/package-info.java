/** Recorded files: plain, compressed, or in archives; and what is wrong with one, at which line. */
@NullMarked
package dev.penstock.datagen.file;

import org.jspecify.annotations.NullMarked;
