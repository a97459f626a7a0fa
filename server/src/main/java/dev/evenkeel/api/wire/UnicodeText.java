package dev.evenkeel.api.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Tells JSON that Unicode can hold from JSON that only looks like it. The parser lets two things
/// pass that would come back changed, or make two keys one: bytes that spell a character longer
/// than UTF-8 does, and the escape of one half of a surrogate pair.
///
/// One pass, before the parser's. Source: RFC 3629, section 4; RFC 8259, section 7.
final class UnicodeText {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;
  private static final long BACKSLASHES = ONES * '\\';

  /// `\\uXXXX`.
  private static final int UNIT_ESCAPE_BYTES = 6;

  private static final int MALFORMED = -1;

  private UnicodeText() {}

  /// Whether the bytes are UTF-8 and each escaped surrogate has its other half.
  static boolean isWellFormed(byte[] json) {
    int at = afterPlain(json, 0);
    while (at < json.length) {
      byte first = json[at];
      if (first == '\\') {
        at = afterEscape(json, at);
      } else if (first < 0) {
        at = afterPair(json, at);
        at = at < json.length && json[at] < 0 ? afterCharacter(json, at) : at;
      } else {
        at = afterPlain(json, at);
      }
      if (at == MALFORMED) {
        return false;
      }
    }
    return true;
  }

  /// Skips ASCII without escapes, eight bytes at a time.
  private static int afterPlain(byte[] json, int from) {
    int at = from;
    while (at <= json.length - Long.BYTES && isPlain((long) LONGS.get(json, at))) {
      at += Long.BYTES;
    }
    while (at < json.length && json[at] >= 0 && json[at] != '\\') {
      at++;
    }
    return at;
  }

  /// Whether none of the eight bytes is a backslash or above 0x7f.
  private static boolean isPlain(long eight) {
    return ((eight | ((eight ^ BACKSLASHES) - ONES)) & HIGH_BITS) == 0;
  }

  private static int afterEscape(byte[] json, int at) {
    int unit = escapedUnit(json, at);
    if (unit < 0) {
      // Another escape, or one that the parser will refuse.
      return at + 1 < json.length && json[at + 1] >= 0 ? at + 2 : at + 1;
    }
    int next = at + UNIT_ESCAPE_BYTES;
    if (!Character.isSurrogate((char) unit)) {
      return next;
    }
    int other = escapedUnit(json, next);
    boolean pair =
        other >= 0
            && Character.isHighSurrogate((char) unit)
            && Character.isLowSurrogate((char) other);
    return pair ? next + UNIT_ESCAPE_BYTES : MALFORMED;
  }

  /// The UTF-16 unit whose escape begins there, or a negative number.
  private static int escapedUnit(byte[] json, int at) {
    if (at + UNIT_ESCAPE_BYTES > json.length || json[at] != '\\' || json[at + 1] != 'u') {
      return -1;
    }
    int unit = 0;
    for (int i = at + 2; i < at + UNIT_ESCAPE_BYTES; i++) {
      int digit = Character.digit(json[i], 16);
      if (digit < 0) {
        return -1;
      }
      unit = unit * 16 + digit;
    }
    return unit;
  }

  /// Skips characters of two bytes, which most scripts have that are neither Latin nor of Asia.
  private static int afterPair(byte[] json, int from) {
    int at = from;
    while (at + 1 < json.length && isPair(json[at], json[at + 1])) {
      at += 2;
    }
    return at;
  }

  /// Whether the two bytes, `11000010` at least and `10……`, are a character.
  private static boolean isPair(byte first, byte second) {
    return first >= (byte) 0xc2 && first < (byte) 0xe0 && second < (byte) 0xc0;
  }

  private static int afterCharacter(byte[] json, int at) {
    int first = json[at] & 0xff;
    int length = length(first);
    if (length == 0 || at + length > json.length) {
      return MALFORMED;
    }
    int second = json[at + 1] & 0xff;
    if (second < leastSecond(first) || second > greatestSecond(first)) {
      return MALFORMED;
    }
    for (int i = at + 2; i < at + length; i++) {
      if ((json[i] & 0xc0) != 0x80) {
        return MALFORMED;
      }
    }
    return at + length;
  }

  /// Bytes of a character that begins with that byte above 0x7f; 0 where none does.
  private static int length(int first) {
    if (first < 0xc2 || first > 0xf4) {
      return 0;
    }
    return first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
  }

  private static int leastSecond(int first) {
    return switch (first) {
      case 0xe0 -> 0xa0;
      case 0xf0 -> 0x90;
      default -> 0x80;
    };
  }

  private static int greatestSecond(int first) {
    return switch (first) {
      case 0xed -> 0x9f;
      case 0xf4 -> 0x8f;
      default -> 0xbf;
    };
  }
}
