@NullMarked
package dev.penstock.jobs.benchmark;

import org.jspecify.annotations.NullMarked;
