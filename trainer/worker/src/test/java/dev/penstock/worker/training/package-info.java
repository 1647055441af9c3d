@NullMarked
package dev.penstock.worker.training;

import org.jspecify.annotations.NullMarked;
