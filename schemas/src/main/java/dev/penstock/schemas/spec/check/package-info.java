/** Checks that records of a spec make on construction. */
@NullMarked
package dev.penstock.schemas.spec.check;

import org.jspecify.annotations.NullMarked;
