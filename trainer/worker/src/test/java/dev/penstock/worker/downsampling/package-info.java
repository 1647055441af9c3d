@NullMarked
package dev.penstock.worker.downsampling;

import org.jspecify.annotations.NullMarked;
