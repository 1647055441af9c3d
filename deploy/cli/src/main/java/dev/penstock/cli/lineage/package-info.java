/** Which samples a model was trained on, which models a sample was used in, and the proof of it. */
@NullMarked
package dev.penstock.cli.lineage;

import org.jspecify.annotations.NullMarked;
