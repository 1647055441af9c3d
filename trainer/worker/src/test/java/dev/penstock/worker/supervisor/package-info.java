@NullMarked
package dev.penstock.worker.supervisor;

import org.jspecify.annotations.NullMarked;
