/** Decision criteria: does a score, or a count of errors, ask for a training? */
@NullMarked
package dev.penstock.core.criterion;

import org.jspecify.annotations.NullMarked;
