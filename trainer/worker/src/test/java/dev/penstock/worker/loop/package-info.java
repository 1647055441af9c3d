@NullMarked
package dev.penstock.worker.loop;

import org.jspecify.annotations.NullMarked;
