/** What a dataset is: its payload, label, source and the contract that its records keep. */
@NullMarked
package dev.penstock.schemas.spec.dataset;

import org.jspecify.annotations.NullMarked;
