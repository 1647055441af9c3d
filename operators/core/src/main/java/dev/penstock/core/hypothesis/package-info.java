/** Whether two samples are of one law: tests, their p-values, and many of them at once. */
@NullMarked
package dev.penstock.core.hypothesis;

import org.jspecify.annotations.NullMarked;
