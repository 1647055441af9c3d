@NullMarked
package dev.penstock.schemas.spec;

import org.jspecify.annotations.NullMarked;
