@NullMarked
package dev.penstock.models;

import org.jspecify.annotations.NullMarked;
