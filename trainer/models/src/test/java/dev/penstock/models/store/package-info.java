@NullMarked
package dev.penstock.models.store;

import org.jspecify.annotations.NullMarked;
