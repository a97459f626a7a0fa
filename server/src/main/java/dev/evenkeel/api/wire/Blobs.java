package dev.evenkeel.api.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.evenkeel.model.ApiException;
import java.util.Arrays;
import java.util.Base64;

/// Binary values as JSON has them: Base64, as strict as AWS is. Java's decoder lets bits pass that
/// are no part of any byte, so that two texts would be one value.
///
/// Source: [RFC 4648](https://www.rfc-editor.org/rfc/rfc4648), sections 3.5 and 4
final class Blobs {
  private static final int GROUP_CHARS = 4;
  private static final int PADDING_MAX = 2;
  private static final char PADDING = '=';
  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  private static final byte NO_DIGIT = -1;
  private static final byte[] DIGITS = digits();

  private Blobs() {}

  /// @throws ApiException a SerializationException, when the text is no Base64
  static byte[] read(String text) {
    int length = text.length();
    if (length % GROUP_CHARS != 0) {
      throw ApiException.serialization(
          "Base64 encoded length is expected a multiple of 4 bytes but found: " + length);
    }
    int padding = 0;
    while (padding < Math.min(PADDING_MAX, length)
        && text.charAt(length - 1 - padding) == PADDING) {
      padding++;
    }
    int last = 0;
    for (int i = 0; i < length - padding; i++) {
      char each = text.charAt(i);
      last = each < DIGITS.length ? DIGITS[each] : NO_DIGIT;
      if (last == NO_DIGIT) {
        throw ApiException.serialization("Invalid Base64 character: '" + each + "'");
      }
    }
    // A pad stands for two bits that the character before it has left over.
    int spareBits = 2 * padding;
    if (last % (1 << spareBits) != 0) {
      throw ApiException.serialization("Invalid last non-pad Base64 character dectected");
    }
    return Base64.getDecoder().decode(text.getBytes(ISO_8859_1));
  }

  private static byte[] digits() {
    byte[] digits = new byte[128];
    Arrays.fill(digits, NO_DIGIT);
    for (int i = 0; i < ALPHABET.length(); i++) {
      digits[ALPHABET.charAt(i)] = (byte) i;
    }
    return digits;
  }
}
