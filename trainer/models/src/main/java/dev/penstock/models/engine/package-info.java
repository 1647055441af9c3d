/** What the deep-learning engine does not do by itself. */
@NullMarked
package dev.penstock.models.engine;

import org.jspecify.annotations.NullMarked;
