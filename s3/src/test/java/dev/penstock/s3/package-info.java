@NullMarked
package dev.penstock.s3;

import org.jspecify.annotations.NullMarked;
