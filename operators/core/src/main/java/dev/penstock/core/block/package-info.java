/** What is known of a stretch of one partition: columns, not objects. */
@NullMarked
package dev.penstock.core.block;

import org.jspecify.annotations.NullMarked;
