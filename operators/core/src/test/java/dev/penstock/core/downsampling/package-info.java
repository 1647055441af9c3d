@NullMarked
package dev.penstock.core.downsampling;

import org.jspecify.annotations.NullMarked;
