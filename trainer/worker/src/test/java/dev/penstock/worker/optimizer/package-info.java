@NullMarked
package dev.penstock.worker.optimizer;

import org.jspecify.annotations.NullMarked;
