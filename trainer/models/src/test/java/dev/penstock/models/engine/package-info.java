@NullMarked
package dev.penstock.models.engine;

import org.jspecify.annotations.NullMarked;
