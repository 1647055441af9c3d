@NullMarked
package dev.penstock.cli.lineage;

import org.jspecify.annotations.NullMarked;
