/** How models are stored: whole, or as what changed. */
@NullMarked
package dev.penstock.schemas.spec.storage;

import org.jspecify.annotations.NullMarked;
