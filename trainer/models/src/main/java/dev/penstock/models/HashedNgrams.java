package dev.penstock.models;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.penstock.schemas.spec.dataset.PayloadSpec;
import dev.penstock.schemas.spec.training.model.ModelSpec;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A text as the ids of its n-grams of words: lower-cased runs of letters and digits, one to n in a
 * row, hashed by FNV-1a (Fowler, Noll and Vo; 64 bits) to ids from 1 on (Weinberger et al., Feature
 * Hashing, ICML 2009). Words come first, then pairs, and so on; what exceeds the row is left out,
 * what is left of it is 0.
 *
 * @param spec how many of which
 */
record HashedNgrams(ModelSpec.HashedText spec) implements PayloadEncoder {

  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  @Override
  public PayloadSpec.Tensor row() {
    return new PayloadSpec.Tensor(PayloadSpec.Dtype.INT32, List.of(spec.maxNgrams()));
  }

  @Override
  public boolean accepts(int bytes) {
    return true;
  }

  @Override
  public void encode(ByteBuffer payload, ByteBuffer target, int at) {
    List<byte[]> words = words(UTF_8.decode(payload.duplicate()).toString());
    ByteBuffer row = target.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    int ids = 0;
    for (int n = 1; n <= spec.ngrams(); n++) {
      for (int first = 0; first + n <= words.size() && ids < spec.maxNgrams(); first++) {
        int id = 1 + (int) Long.remainderUnsigned(hash(words, first, n), spec.buckets());
        row.putInt(at + ids++ * Integer.BYTES, id);
      }
    }
    for (; ids < spec.maxNgrams(); ids++) {
      row.putInt(at + ids * Integer.BYTES, 0);
    }
  }

  private static List<byte[]> words(String text) {
    List<byte[]> words = new ArrayList<>();
    String lower = text.toLowerCase(Locale.ROOT);
    int start = -1;
    for (int i = 0; i <= lower.length(); i++) {
      boolean inWord = i < lower.length() && Character.isLetterOrDigit(lower.charAt(i));
      if (inWord && start < 0) {
        start = i;
      } else if (!inWord && start >= 0) {
        words.add(lower.substring(start, i).getBytes(UTF_8));
        start = -1;
      }
    }
    return words;
  }

  private static long hash(List<byte[]> words, int first, int n) {
    long hash = FNV_OFFSET;
    for (int word = first; word < first + n; word++) {
      for (byte each : words.get(word)) {
        hash = (hash ^ (each & 0xff)) * FNV_PRIME;
      }
      // A blank between words, so that "a bc" is not "ab c".
      hash = (hash ^ ' ') * FNV_PRIME;
    }
    return hash;
  }
}
