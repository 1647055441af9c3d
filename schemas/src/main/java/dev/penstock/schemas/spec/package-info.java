/**
 * What users declare, as sealed records: a dataset, a pipeline and their parts, each part in a
 * package of its own. Values are checked on construction; the reader of YAML reports every mistake
 * of a file at once.
 */
@NullMarked
package dev.penstock.schemas.spec;

import org.jspecify.annotations.NullMarked;
