/** How the weights of model versions lie in the artifact store. */
@NullMarked
package dev.penstock.models.store;

import org.jspecify.annotations.NullMarked;
