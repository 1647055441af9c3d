/** The commands that make, describe and produce samples. */
@NullMarked
package dev.penstock.datagen;

import org.jspecify.annotations.NullMarked;
