@NullMarked
package dev.penstock.worker.request;

import org.jspecify.annotations.NullMarked;
