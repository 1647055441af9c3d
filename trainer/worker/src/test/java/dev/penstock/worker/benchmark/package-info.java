@NullMarked
package dev.penstock.worker.benchmark;

import org.jspecify.annotations.NullMarked;
