/**
 * Training sets: which samples, in how few bytes, with a digest.
 *
 * <p>To read one in another language: {@code TrainingSet.partitions} lists, ascending by partition
 * and base offset, bitmaps in Roaring's portable format; an offset is the base offset plus an
 * (unsigned 32-bit) value of the bitmap. The digest is the SHA-256 of, for every partition
 * ascending: the partition (int32), the number of maximal runs of consecutive offsets (int64), and
 * each run's first offset and length (both int64), all big-endian; then a byte 1 and the weights as
 * they stand if there are any, else a byte 0. It depends on the samples alone, not on how the
 * bitmaps are laid out.
 */
@NullMarked
package dev.penstock.schemas.trainingset;

import org.jspecify.annotations.NullMarked;
