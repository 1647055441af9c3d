package dev.penstock.core.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class SampleHashTest {

  @Test
  void aBatchHasTheHashesOfItsOffsets() {
    long stream = SampleHash.stream(3, 1);
    for (long first : new long[] {0, 1000, Integer.MAX_VALUE, 1L << 40}) {
      long[] hashes = new long[SampleHash.BATCH];
      SampleHash.of(stream, first, SampleHash.BATCH - 1, hashes);

      for (int i = 0; i < SampleHash.BATCH - 1; i++) {
        assertThat(hashes[i]).isEqualTo(SampleHash.of(stream, first + i));
      }
      assertThat(hashes[SampleHash.BATCH - 1]).isZero();
    }
  }
}
