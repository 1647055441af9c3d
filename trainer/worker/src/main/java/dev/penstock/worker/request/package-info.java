/** What a worker and its training processes tell each other. */
@NullMarked
package dev.penstock.worker.request;

import org.jspecify.annotations.NullMarked;
