package dev.evenkeel.http;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;

/// Request ids as AWS's look: 52 characters of upper-case base 32. Unique, not secret.
final class RequestIds {
  static final int CHARS = 52;
  private static final byte[] ALPHABET =
      "0123456789ABCDEFGHIJKLMNOPQRSTUV".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] TAIL = "AAJG".getBytes(StandardCharsets.US_ASCII);
  private static final int CHARS_PER_LONG = 12;
  private static final int BITS_PER_CHAR = 5;
  private static final int CHAR_MASK = 31;

  private final SplittableRandom random;

  RequestIds(SplittableRandom random) {
    this.random = random;
  }

  /// Writes the next id.
  void next(byte[] into, int at) {
    int end = at + CHARS - TAIL.length;
    for (int from = at; from < end; from += CHARS_PER_LONG) {
      long bits = random.nextLong();
      for (int offset = 0; offset < CHARS_PER_LONG; offset++) {
        into[from + offset] = ALPHABET[(int) bits & CHAR_MASK];
        bits >>>= BITS_PER_CHAR;
      }
    }
    System.arraycopy(TAIL, 0, into, end, TAIL.length);
  }
}
