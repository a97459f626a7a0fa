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

  private Escapes() {}

  /// Copies text of which JSON wants nothing escaped, where it stands in UTF-8: no control
  /// character below U+0020, no quotation mark, no backslash.
  ///
  /// @return false when something has to be escaped: what was copied is then of no use
  static boolean copyPlain(byte[] text, int from, int length, byte[] into, int at) {
    if (length < Long.BYTES) {
      return copyShort(text, from, length, into, at);
    }
    int last = length - Long.BYTES;
    long found = 0;
    for (int i = 0; i < last; i += Long.BYTES) {
      long word = (long) WORDS.get(text, from + i);
      WORDS.set(into, at + i, word);
      found |= found(word);
    }
    // The last word may be one of which some bytes were copied already.
    long word = (long) WORDS.get(text, from + last);
    WORDS.set(into, at + last, word);
    return ((found | found(word)) & HIGH_BITS) == 0;
  }

  private static boolean copyShort(byte[] text, int from, int length, byte[] into, int at) {
    for (int i = 0; i < length; i++) {
      int each = text[from + i];
      if ((each >= 0 && each < FIRST_PLAIN) || each == '"' || each == '\\') {
        return false;
      }
      into[at + i] = (byte) each;
    }
    return true;
  }

  /// The high bit of some byte is set if and only if one of the word's bytes wants to be escaped.
  ///
  /// With its second lowest bit turned over, the quotation mark stands right above the control
  /// characters, which stay among themselves: one comparison finds both, another the backslash. To
  /// be below a bound is to borrow from the high bit, which text above ASCII has set, as before.
  private static long found(long word) {
    long quotes = (word ^ ONES * ('"' ^ FIRST_PLAIN)) - ONES * (FIRST_PLAIN + 1);
    long backslashes = (word ^ ONES * '\\') - ONES;
    return (quotes | backslashes) & ~word;
  }
}
