package dev.penstock.core.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class SampleHashTest {

  @Test
  void every64thHasTheHashOfItsOffset() {
    long stream = SampleHash.stream(3, 1);
    for (long first : new long[] {0, 1000, Integer.MAX_VALUE, 1L << 40}) {
      long[] hashes = new long[1024];
      SampleHash.ofEvery64th(stream, first, 1, 1023, hashes);

      for (int i = 1; i < 1023; i++) {
        assertThat(hashes[i]).isEqualTo(SampleHash.of(stream, first + 64L * i));
      }
      assertThat(hashes[0]).isZero();
      assertThat(hashes[1023]).isZero();
    }
  }
}
