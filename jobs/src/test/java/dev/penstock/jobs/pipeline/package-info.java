@NullMarked
package dev.penstock.jobs.pipeline;

import org.jspecify.annotations.NullMarked;
