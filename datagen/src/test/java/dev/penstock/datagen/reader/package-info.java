@NullMarked
package dev.penstock.datagen.reader;

import org.jspecify.annotations.NullMarked;
