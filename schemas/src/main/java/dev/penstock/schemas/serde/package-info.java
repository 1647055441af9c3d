/** Bytes to records and back, over schema versions. */
@NullMarked
package dev.penstock.schemas.serde;

import org.jspecify.annotations.NullMarked;
