package dev.evenkeel.api.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Tells text that goes into JSON as it is from text of which something must be escaped: eight
/// bytes at a time, since most of what a page of items answers is plain text.
final class Escapes {
  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;
  private static final int FIRST_PLAIN = 0x20;

  /// Words that are looked at between two decisions.
  private static final int WORDS_AT_A_TIME = 4;

  private static final int BYTES_AT_A_TIME = WORDS_AT_A_TIME * Long.BYTES;

  private Escapes() {}

  /// Whether JSON wants one of these bytes of UTF-8 escaped: a control character below U+0020, a
  /// quotation mark or a backslash.
  static boolean areNeeded(byte[] text, int from, int length) {
    int end = from + length;
    int at = from;
    for (; at + BYTES_AT_A_TIME <= end; at += BYTES_AT_A_TIME) {
      long found = 0;
      for (int word = 0; word < WORDS_AT_A_TIME; word++) {
        found |= found((long) WORDS.get(text, at + word * Long.BYTES));
      }
      if ((found & HIGH_BITS) != 0) {
        return true;
      }
    }
    for (; at + Long.BYTES <= end; at += Long.BYTES) {
      if ((found((long) WORDS.get(text, at)) & HIGH_BITS) != 0) {
        return true;
      }
    }
    for (; at < end; at++) {
      int each = text[at];
      if ((each >= 0 && each < FIRST_PLAIN) || each == '"' || each == '\\') {
        return true;
      }
    }
    return false;
  }

  /// The high bit of some byte is set if and only if one of the word's bytes wants to be escaped.
  ///
  /// With its second lowest bit turned over, the quotation mark stands right above the control
  /// characters, which stay among themselves: one comparison finds both.
  private static long found(long word) {
    return below(word ^ ONES * ('"' ^ FIRST_PLAIN), FIRST_PLAIN + 1) | below(word ^ ONES * '\\', 1);
  }

  /// The high bit of some byte is set if and only if one of the word's bytes, unsigned, is below
  /// `bound`, which is 128 at most.
  private static long below(long word, int bound) {
    return word - ONES * bound & ~word;
  }
}
