@NullMarked
package dev.penstock.schemas.spec.selection;

import org.jspecify.annotations.NullMarked;
