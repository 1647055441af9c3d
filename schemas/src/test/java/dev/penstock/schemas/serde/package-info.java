@NullMarked
package dev.penstock.schemas.serde;

import org.jspecify.annotations.NullMarked;
