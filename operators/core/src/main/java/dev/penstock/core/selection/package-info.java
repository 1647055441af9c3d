/** On which samples to train: exact, by hashing, in parts that can be merged. */
@NullMarked
package dev.penstock.core.selection;

import org.jspecify.annotations.NullMarked;
