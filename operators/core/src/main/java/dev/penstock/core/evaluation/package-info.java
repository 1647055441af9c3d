/** How well models do on the stream: prequential metrics a slice, with baselines. */
@NullMarked
package dev.penstock.core.evaluation;

import org.jspecify.annotations.NullMarked;
