/** Commands about model versions and their weights. */
@NullMarked
package dev.penstock.cli.models;

import org.jspecify.annotations.NullMarked;
