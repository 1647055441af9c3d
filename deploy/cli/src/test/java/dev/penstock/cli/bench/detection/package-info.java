@NullMarked
package dev.penstock.cli.bench.detection;

import org.jspecify.annotations.NullMarked;
