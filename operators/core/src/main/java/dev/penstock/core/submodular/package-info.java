/** Subsets that represent a set well: submodular functions and greedy maximizers of them. */
@NullMarked
package dev.penstock.core.submodular;

import org.jspecify.annotations.NullMarked;
