package dev.evenkeel.api.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.codec.BinaryItem;
import dev.evenkeel.codec.ItemReader;
import dev.evenkeel.model.AttributeValue;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JsonParser;

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
    byte[] read = AttributeNames.next(reader);
    assertThat(reader.type()).isEqualTo(AttributeValue.Type.S);
    JsonParser parser = Json.parser(("{" + new String(read, UTF_8) + "1}").getBytes(UTF_8));
    parser.nextToken();
    return parser.nextName();
  }
}
