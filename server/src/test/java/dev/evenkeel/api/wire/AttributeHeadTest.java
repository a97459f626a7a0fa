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

class AttributeHeadTest {
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

  @Test
  void nameWithValuesOfSeveralTypesIsReadWithEach() {
    for (int round = 0; round < 2; round++) {
      assertThat(head("a", new AttributeValue.S("x")).value()).isEqualTo(ValueHead.S);
      assertThat(head("a", AttributeValue.N.of(7)).value()).isEqualTo(ValueHead.N);
      assertThat(head("a", new AttributeValue.Bool(true)).value()).isEqualTo(ValueHead.TRUE);
      assertThat(head("a", new AttributeValue.Bool(false)).value()).isEqualTo(ValueHead.FALSE);
    }
  }

  @Test
  void onlyTheVeryHeadIsSkipped() {
    AttributeHead head = head("name", new AttributeValue.S("x"));
    assertThat(head.skip(reader("name", new AttributeValue.S("another")))).isTrue();
    for (ItemReader other :
        List.of(
            reader("nam", new AttributeValue.S("x")),
            reader("names", new AttributeValue.S("x")),
            reader("nime", new AttributeValue.S("x")),
            reader("name", AttributeValue.N.of(7)),
            reader("n", AttributeValue.Null.INSTANCE))) {
      int before = other.position();
      assertThat(head.skip(other)).isFalse();
      assertThat(other.position()).isEqualTo(before);
    }
  }

  private static String read(String name) {
    AttributeHead head = head(name, new AttributeValue.S("x"));
    String written = new String(head.written(), UTF_8);
    assertThat(written).startsWith(",");
    JsonParser parser = Json.parser(("{" + written.substring(1) + "\"}}").getBytes(UTF_8));
    parser.nextToken();
    return parser.nextName();
  }

  private static AttributeHead head(String name, AttributeValue value) {
    return AttributeHead.next(reader(name, value));
  }

  /// Stands before the only attribute of an item.
  private static ItemReader reader(String name, AttributeValue value) {
    ItemReader reader = BinaryItem.of(Map.of(name, value)).reader();
    reader.varint();
    return reader;
  }
}
