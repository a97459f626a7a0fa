package dev.evenkeel.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenkeel.model.ApiException;
import dev.evenkeel.model.AttributeValue;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BinaryItemTest {
  @Test
  void whatIsWrittenIsReadBack() {
    for (long seed = 0; seed < 500; seed++) {
      Map<String, AttributeValue> item = RandomItems.item(new Random(seed));
      assertThat(BinaryItem.of(item).toMap()).as("seed %d", seed).isEqualTo(item);
    }
  }

  @Test
  void equalItemsHaveEqualBytesInWhateverOrderTheyWereWritten() {
    for (long seed = 0; seed < 500; seed++) {
      Random random = new Random(seed);
      Map<String, AttributeValue> item = RandomItems.item(random);
      List<Map.Entry<String, AttributeValue>> shuffled = new ArrayList<>(item.entrySet());
      Collections.shuffle(shuffled, random);
      Map<String, AttributeValue> other = new LinkedHashMap<>();
      shuffled.forEach(entry -> other.put(entry.getKey(), entry.getValue()));
      assertThat(BinaryItem.of(other)).as("seed %d", seed).isEqualTo(BinaryItem.of(item));
    }
  }

  @Test
  void eachAttributeIsFoundByName() {
    for (long seed = 0; seed < 200; seed++) {
      Map<String, AttributeValue> item = RandomItems.item(new Random(seed));
      BinaryItem binary = BinaryItem.of(item);
      item.forEach((name, value) -> assertThat(binary.get(name)).isEqualTo(value));
      assertThat(binary.get("no such attribute")).isNull();
      assertThat(binary.count()).isEqualTo(item.size());
    }
  }

  @Test
  void copiedAttributesKeepBytesAndSize() {
    for (long seed = 0; seed < 200; seed++) {
      BinaryItem item = BinaryItem.of(RandomItems.item(new Random(seed)));
      ItemWriter writer = new ItemWriter();
      ItemReader reader = item.reader();
      for (int left = reader.varint(); left > 0; left--) {
        writer.copyAttribute(reader);
      }
      BinaryItem copy = writer.finish();
      assertThat(copy).as("seed %d", seed).isEqualTo(item);
      assertThat(copy.size()).isEqualTo(item.size());
    }
  }

  @Test
  void changedAttributesAreReplacedAddedAndRemoved() {
    for (long seed = 0; seed < 500; seed++) {
      Random random = new Random(seed);
      Map<String, AttributeValue> item = RandomItems.item(random);
      Map<String, @Nullable AttributeValue> changes = new HashMap<>();
      RandomItems.item(random).forEach(changes::put);
      item.keySet().stream().filter(_ -> random.nextBoolean()).forEach(n -> changes.put(n, null));
      Map<String, AttributeValue> expected = new HashMap<>(item);
      expected.putAll(changes);
      expected.values().removeIf(Objects::isNull);
      assertThat(BinaryItem.of(item).with(changes))
          .as("seed %d", seed)
          .isEqualTo(BinaryItem.of(expected));
    }
  }

  @Test
  void sizeFollowsThePublishedRules() {
    assertThat(size(Map.of("ab", new AttributeValue.S("é")))).isEqualTo(4);
    assertThat(size(Map.of("a", new AttributeValue.Bool(true)))).isEqualTo(2);
    assertThat(size(Map.of("a", AttributeValue.N.of("0")))).isEqualTo(2);
    assertThat(size(Map.of("a", AttributeValue.N.of("-12.5")))).isEqualTo(1 + 1 + 1 + 1 + 1);
    assertThat(size(Map.of("a", new AttributeValue.L(List.of())))).isEqualTo(4);
    assertThat(size(Map.of("a", new AttributeValue.L(List.of(new AttributeValue.S("xy"))))))
        .isEqualTo(1 + 3 + 1 + 2);
    assertThat(size(Map.of("a", AttributeValue.M.of(Map.of("k", new AttributeValue.S("v"))))))
        .isEqualTo(1 + 3 + 1 + 1 + 1);
    assertThat(size(Map.of("a", new AttributeValue.SS(List.of("x", "yz"))))).isEqualTo(4);
  }

  @Test
  void theFormatIsTheOneThatIsSpecified() {
    Map<String, AttributeValue> item = new LinkedHashMap<>();
    item.put("b", new AttributeValue.L(List.of(AttributeValue.N.of("1.50"))));
    item.put("a", new AttributeValue.S("x"));
    item.put("c", new AttributeValue.NS(List.of(BigDecimal.TWO, BigDecimal.ONE)));
    assertThat(HexFormat.of().formatHex(BinaryItem.of(item).bytes()))
        .isEqualTo(
            "01"
                + "0f"
                + "03"
                + "0161"
                + "010178"
                + "0162"
                + "0a00000006"
                + "01"
                + "0203312e35"
                + "0163"
                + "0800000005"
                + "02"
                + "0131"
                + "0132");
  }

  @Test
  void aNameThatComesTwiceIsRefused() {
    ItemWriter writer = new ItemWriter();
    writer.name("a").bool(true);
    writer.name("b").bool(true);
    writer.name("a").nul();
    assertThatThrownBy(writer::finish).isInstanceOf(ApiException.class);
  }

  @Test
  void nestingBeyondTheLimitIsRefused() {
    ItemWriter writer = new ItemWriter();
    writer.name("a");
    for (int level = 0; level < 32; level++) {
      writer.startList();
    }
    assertThatThrownBy(writer::startList).hasMessageContaining("Nesting Levels");
  }

  @Test
  void anUnknownVersionIsRefused() {
    assertThatThrownBy(() -> BinaryItem.wrap(new byte[] {9, 0, 0}))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static int size(Map<String, AttributeValue> item) {
    return BinaryItem.of(item).size();
  }
}
