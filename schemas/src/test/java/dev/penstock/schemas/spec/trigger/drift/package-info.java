@NullMarked
package dev.penstock.schemas.spec.trigger.drift;

import org.jspecify.annotations.NullMarked;
