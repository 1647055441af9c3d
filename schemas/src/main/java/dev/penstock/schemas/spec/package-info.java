/**
 * What users declare, as sealed records: a dataset, a pipeline and their parts. Values are checked
 * on construction; the YAML reader reports every mistake of a file at once.
 */
@NullMarked
package dev.penstock.schemas.spec;

import org.jspecify.annotations.NullMarked;
