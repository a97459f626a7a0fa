package dev.evenkeel.api.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class EscapesTest {
  private static final int LENGTH = 21;

  @Test
  void findsEachByteThatNeedsOneWhereverItStands() {
    for (int value = 0; value < 256; value++) {
      boolean isNeeded = value < 0x20 || value == '"' || value == '\\';
      for (int at = 0; at < LENGTH; at++) {
        byte[] text = new byte[LENGTH];
        Arrays.fill(text, (byte) (at % 2 == 0 ? 'a' : 0xE9));
        text[at] = (byte) value;
        assertThat(Escapes.areNeeded(text, 0, LENGTH))
            .as("byte %d at %d", value, at)
            .isEqualTo(isNeeded);
      }
    }
  }

  @Test
  void looksAtItsPartOnly() {
    byte[] text = "\"plain text, long enough\"".getBytes(UTF_8);
    assertThat(Escapes.areNeeded(text, 1, text.length - 2)).isFalse();
    assertThat(Escapes.areNeeded(text, 0, text.length - 1)).isTrue();
    assertThat(Escapes.areNeeded(text, 1, text.length - 1)).isTrue();
    assertThat(Escapes.areNeeded(text, 0, 0)).isFalse();
  }
}
