@NullMarked
package dev.penstock.core.submodular;

import org.jspecify.annotations.NullMarked;
