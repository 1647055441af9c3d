@NullMarked
package dev.penstock.datagen.produce;

import org.jspecify.annotations.NullMarked;
