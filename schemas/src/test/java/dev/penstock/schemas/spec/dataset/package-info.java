@NullMarked
package dev.penstock.schemas.spec.dataset;

import org.jspecify.annotations.NullMarked;
