/** Parts of policies beside Modyn, numpy, DeepCore and CORDS. */
@NullMarked
package dev.penstock.cli.golden.policy;

import org.jspecify.annotations.NullMarked;
