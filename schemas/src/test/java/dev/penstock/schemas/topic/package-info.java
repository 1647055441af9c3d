@NullMarked
package dev.penstock.schemas.topic;

import org.jspecify.annotations.NullMarked;
