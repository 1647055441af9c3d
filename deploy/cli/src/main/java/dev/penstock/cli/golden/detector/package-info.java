/** What the detectors of other libraries say on streams. */
@NullMarked
package dev.penstock.cli.golden.detector;

import org.jspecify.annotations.NullMarked;
