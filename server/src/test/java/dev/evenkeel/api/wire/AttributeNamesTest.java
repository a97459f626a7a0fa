package dev.evenkeel.api.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.codec.BinaryItem;
import dev.evenkeel.codec.ItemReader;
import dev.evenkeel.model.AttributeValue;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AttributeNamesTest {
  @Test
  void manyNamesAreEachTheirOwnAndSeenAgainTheSame() {
    for (int round = 0; round < 2; round++) {
      for (int i = 0; i < 5_000; i++) {
        assertThat(read("name" + i)).isEqualTo("name" + i);
      }
    }
  }

  @Test
  void namesOfAnyLengthAndAlphabetAreRead() {
    for (String name : List.of("ö", "名前", "\"quoted\\", "n".repeat(64), "n".repeat(65_535))) {
      assertThat(read(name)).isEqualTo(name);
      assertThat(read(name)).isEqualTo(name);
    }
  }

  private static String read(String name) {
    ItemReader reader = BinaryItem.of(Map.of(name, new AttributeValue.S("x"))).reader();
    reader.varint();
    String read = AttributeNames.next(reader).getValue();
    assertThat(reader.type()).isEqualTo(AttributeValue.Type.S);
    return read;
  }
}
