package dev.evenkeel.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenkeel.model.AttributeValue;
import dev.evenkeel.model.Limits;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Repeat with `-Dseed=…`.
class ItemCheckTest {
  private static final int ROUNDS = 1_000;

  private final long seed = Long.getLong("seed", RandomGenerator.getDefault().nextLong());

  @Test
  void itemsPass() throws IOException {
    assertThat(BinaryItem.parse(BinaryItem.EMPTY.bytes())).isEqualTo(BinaryItem.EMPTY);
    for (int round = 0; round < ROUNDS; round++) {
      BinaryItem item = BinaryItem.of(RandomItems.item(new Random(seed + round)));
      assertThat(BinaryItem.parse(item.bytes())).as("-Dseed=%d", seed + round).isEqualTo(item);
    }
  }

  @Test
  void theDeepestItemPasses() throws IOException {
    AttributeValue value = new AttributeValue.Bool(true);
    for (int level = 1; level < Limits.NESTING_LEVELS_MAX; level++) {
      value = new AttributeValue.L(List.of(value));
    }
    BinaryItem item = BinaryItem.of(Map.of("a", value));
    assertThat(BinaryItem.parse(item.bytes())).isEqualTo(item);
  }

  @Test
  void everyTruncationIsRefused() {
    for (int round = 0; round < ROUNDS / 10; round++) {
      byte[] bytes = BinaryItem.of(RandomItems.item(new Random(seed + round))).bytes();
      for (int length = 0; length < bytes.length; length++) {
        byte[] cut = Arrays.copyOf(bytes, length);
        assertThatThrownBy(() -> BinaryItem.parse(cut)).isInstanceOf(IOException.class);
      }
    }
  }

  @Test
  void damagedItemsAreRefusedOrCanBeRead() {
    int read = 0;
    for (int round = 0; round < ROUNDS; round++) {
      Random random = new Random(seed + round);
      byte[] bytes = BinaryItem.of(RandomItems.item(random)).bytes();
      for (int i = 0; i < 20; i++) {
        byte[] flipped = bytes.clone();
        flipped[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        read += reads(flipped) ? 1 : 0;
      }
    }
    assertThat(read).as("still items").isPositive();
  }

  private static boolean reads(byte[] bytes) {
    BinaryItem item;
    try {
      item = BinaryItem.parse(bytes);
    } catch (IOException _) {
      return false;
    }
    Map<String, AttributeValue> map = item.toMap();
    map.keySet().forEach(item::get);
    // Bytes that are no UTF-8 read as replacement characters, and only they change the item.
    if (!item.toString().contains("\uFFFD")) {
      assertThat(BinaryItem.of(map)).isEqualTo(item);
    }
    return true;
  }

  /// Each is close to `{a: …}` in its stored form, which is `01 ‖ size ‖ 01 ‖ 0161 ‖ value`.
  @ParameterizedTest
  @CsvSource({
    "020000, unknown format version",
    "0102010161040161, bytes behind its end",
    "010301016104, 'its size is 2, not 3'",
    "018200010161 04, no number",
    "0101010004, a name of 0 bytes",
    "01020101610c, unknown value tag 12",
    "0104020162 04 0161 04, names or elements out of order",
    "0104020161 04 0161 04, names or elements out of order",
    "010201016107 00000001 00, an empty set",
    "010301016107 00000003 02 0161 0162, 'a container of 5 bytes that states 3'",
    "010301016107 00000005 02 0162 0161, names or elements out of order",
    "010401016102 03312e30, no number in its stored form",
    "010401016102 03316531, no number in its stored form",
    "010201016102 0178, no number in its stored form",
    "010401016101 7f, it ends too early",
    "01ffffffffff01, no number"
  })
  void whatNoWriterWritesIsRefused(String hex, String problem) {
    byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
    assertThatThrownBy(() -> BinaryItem.parse(bytes))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(problem);
  }

  @Test
  void whatIsNestedTooDeepIsRefused() {
    int levels = 10_000;
    byte[] bytes = new byte[5 + 6 * levels];
    System.arraycopy(new byte[] {1, 0, 1, 1, 'a'}, 0, bytes, 0, 5);
    for (int level = 0; level < levels; level++) {
      bytes[5 + 6 * level] = Tags.L;
      bytes[5 + 6 * level + 5] = 1;
    }
    assertThatThrownBy(() -> BinaryItem.parse(bytes))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("nested too deep");
  }
}
