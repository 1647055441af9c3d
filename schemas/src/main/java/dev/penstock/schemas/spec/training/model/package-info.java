/** The network that is trained, and where its first parameters come from. */
@NullMarked
package dev.penstock.schemas.spec.training.model;

import org.jspecify.annotations.NullMarked;
