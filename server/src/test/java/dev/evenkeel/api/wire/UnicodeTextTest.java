package dev.evenkeel.api.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class UnicodeTextTest {
  private static final String[] PIECES = {
    "a", "plain text, longer than eight bytes", "\\n", "\\\\", "\u00e9", "\u20ac", "\ud83d\ude00",
  };

  private static boolean isWellFormed(String text) {
    return UnicodeText.isWellFormed(text.getBytes(UTF_8));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "c0af",
        "c1bf",
        "e08080",
        "e09fbf",
        "eda080",
        "edbfbf",
        "f0808080",
        "f08fbfbf",
        "f4908080",
        "f5808080",
        "5c80",
        "ff",
        "80",
        "c3",
        "e282",
        "f09f98",
        "c328",
        "e28228",
        "f09f9828"
      })
  void bytesThatAreNoUtf8AreFoundWhereverTheyAre(String hex) {
    String malformed = new String(HexFormat.of().parseHex(hex), ISO_8859_1);
    for (int before = 0; before < 20; before++) {
      byte[] text = ("x".repeat(before) + malformed + "y".repeat(9)).getBytes(ISO_8859_1);
      assertThat(UnicodeText.isWellFormed(text)).isFalse();
      byte[] end = ("x".repeat(before) + malformed).getBytes(ISO_8859_1);
      assertThat(UnicodeText.isWellFormed(end)).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\\ud800",
        "\\uD83D!",
        "\\udc00",
        "\\ud83d\\ud83d",
        "\\ud83d\\u0041",
        "\\ud83d\\n",
        "\\\\\\ud800",
        "\\ud83d\\ude00\\ude00"
      })
  void halvesOfSurrogatePairsAreFound(String escapes) {
    for (int before = 0; before < 20; before++) {
      assertThat(isWellFormed("x".repeat(before) + escapes + "\"}")).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\\ud83d\\ude00",
        "\\uD83D\\uDE00\\uD83D\\uDE00",
        "\\\\ud800",
        "\\u00e9",
        "\\",
        "\\u",
        "\\u00",
        "\\uzzzz",
        "a\u00e9\u20ac\ud83d\ude00\u07ff\u0800\uffff"
      })
  void otherTextPasses(String text) {
    for (int before = 0; before < 20; before++) {
      assertThat(isWellFormed("x".repeat(before) + text)).isTrue();
    }
  }

  @Test
  void theJudgementIsThatOfTheDecoder() {
    Random random = new Random(7);
    for (int round = 0; round < 20_000; round++) {
      StringBuilder text = new StringBuilder();
      for (int left = random.nextInt(6); left > 0; left--) {
        text.append(PIECES[random.nextInt(PIECES.length)]);
      }
      byte[] bytes = text.toString().getBytes(UTF_8);
      if (bytes.length > 0 && random.nextBoolean()) {
        bytes[random.nextInt(bytes.length)] = (byte) (0x80 + random.nextInt(0x80));
      }
      assertThat(UnicodeText.isWellFormed(bytes)).isEqualTo(decodes(bytes));
    }
  }

  private static boolean decodes(byte[] bytes) {
    try {
      UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return true;
    } catch (CharacterCodingException _) {
      return false;
    }
  }
}
