/** How the answers of several triggers or metrics become one. */
@NullMarked
package dev.penstock.schemas.spec.trigger.vote;

import org.jspecify.annotations.NullMarked;
