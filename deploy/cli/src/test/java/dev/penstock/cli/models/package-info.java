@NullMarked
package dev.penstock.cli.models;

import org.jspecify.annotations.NullMarked;
