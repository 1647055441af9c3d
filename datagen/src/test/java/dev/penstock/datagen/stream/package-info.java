@NullMarked
package dev.penstock.datagen.stream;

import org.jspecify.annotations.NullMarked;
