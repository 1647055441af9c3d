@NullMarked
package dev.penstock.schemas.artifact;

import org.jspecify.annotations.NullMarked;
