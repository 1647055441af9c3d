/** What a scan of the sample log costs, measured against a job that does nothing with it. */
@NullMarked
package dev.penstock.jobs.benchmark;

import org.jspecify.annotations.NullMarked;
