/** How a model is trained: on which features, in what regime, and with which parts. */
@NullMarked
package dev.penstock.schemas.spec.training;

import org.jspecify.annotations.NullMarked;
