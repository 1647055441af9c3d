/** When to train: triggers, and those made of others. */
@NullMarked
package dev.penstock.schemas.spec.trigger;

import org.jspecify.annotations.NullMarked;
