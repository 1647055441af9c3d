@NullMarked
package dev.penstock.core.evaluation;

import org.jspecify.annotations.NullMarked;
