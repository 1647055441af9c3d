/** What triggers cost: detectors a sample, drift metrics a check. */
@NullMarked
package dev.penstock.cli.bench.trigger;

import org.jspecify.annotations.NullMarked;
