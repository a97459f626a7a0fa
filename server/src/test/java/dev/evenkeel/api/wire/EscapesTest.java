package dev.evenkeel.api.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class EscapesTest {
  private static final int[] LENGTHS = {1, 5, 8, 9, 16, 21, 40};

  @Test
  void findsEachByteThatNeedsOneWhereverItStands() {
    for (int length : LENGTHS) {
      for (int value = 0; value < 256; value++) {
        boolean isNeeded = value < 0x20 || value == '"' || value == '\\';
        for (int at = 0; at < length; at++) {
          byte[] text = new byte[length];
          Arrays.fill(text, (byte) (at % 2 == 0 ? 'a' : 0xE9));
          text[at] = (byte) value;
          assertThat(isPlain(text, 0, length))
              .as("byte %d at %d of %d", value, at, length)
              .isEqualTo(!isNeeded);
        }
      }
    }
  }

  @Test
  void looksAtItsPartOnly() {
    byte[] text = "\"plain text, long enough\"".getBytes(UTF_8);
    assertThat(isPlain(text, 1, text.length - 2)).isTrue();
    assertThat(isPlain(text, 0, text.length - 1)).isFalse();
    assertThat(isPlain(text, 1, text.length - 1)).isFalse();
    assertThat(isPlain(text, 0, 0)).isTrue();
  }

  @Test
  void copiesPlainTextOfAnyLengthAndNothingBesides() {
    byte[] text = "Plain text, longer than a word and than four of them.".getBytes(UTF_8);
    for (int length = 0; length < text.length - 1; length++) {
      byte[] into = new byte[text.length + 2];
      assertThat(Escapes.copyPlain(text, 1, length, into, 2)).isTrue();
      byte[] expected = new byte[into.length];
      System.arraycopy(text, 1, expected, 2, length);
      assertThat(into).isEqualTo(expected);
    }
  }

  private static boolean isPlain(byte[] text, int from, int length) {
    return Escapes.copyPlain(text, from, length, new byte[length], 0);
  }
}
