/**
 * Reads YAML and JSON into maps that report every mistake with its line, and writes values back in
 * the same form.
 */
@NullMarked
package dev.penstock.schemas.spec.yaml;

import org.jspecify.annotations.NullMarked;
