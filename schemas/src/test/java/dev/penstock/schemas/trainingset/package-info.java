@NullMarked
package dev.penstock.schemas.trainingset;

import org.jspecify.annotations.NullMarked;
