@NullMarked
package dev.penstock.cli.cluster;

import org.jspecify.annotations.NullMarked;
