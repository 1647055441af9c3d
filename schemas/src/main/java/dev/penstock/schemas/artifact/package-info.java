/** Where blobs lie that are too large for a message: training sets, weights, model cards. */
@NullMarked
package dev.penstock.schemas.artifact;

import org.jspecify.annotations.NullMarked;
