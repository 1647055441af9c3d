/** How well detectors see drifts whose places are known. */
@NullMarked
package dev.penstock.cli.bench.detection;

import org.jspecify.annotations.NullMarked;
