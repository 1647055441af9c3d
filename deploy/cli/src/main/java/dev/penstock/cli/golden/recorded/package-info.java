/** What others have found in recorded datasets. */
@NullMarked
package dev.penstock.cli.golden.recorded;

import org.jspecify.annotations.NullMarked;
