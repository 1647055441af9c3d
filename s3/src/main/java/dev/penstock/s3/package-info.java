/** Artifacts in S3 and what speaks its protocol. */
@NullMarked
package dev.penstock.s3;

import org.jspecify.annotations.NullMarked;
