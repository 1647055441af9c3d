@NullMarked
package dev.penstock.core.vote;

import org.jspecify.annotations.NullMarked;
