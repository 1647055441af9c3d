@NullMarked
package dev.penstock.worker.data;

import org.jspecify.annotations.NullMarked;
