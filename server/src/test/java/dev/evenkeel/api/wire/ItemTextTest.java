package dev.evenkeel.api.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.codec.BinaryItem;
import dev.evenkeel.model.AttributeValue;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.StringJoiner;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JsonParser;

/// What is written is what was read, byte for byte where it is in the order of the stored form.
class ItemTextTest {
  private static final long SEED = Long.getLong("seed", System.nanoTime());
  private static final int TEXTS = 2_000;

  private static BinaryItem read(String json) {
    JsonParser parser = Json.parser(json.getBytes(UTF_8));
    parser.nextToken();
    return ItemJson.read(parser);
  }

  private static String written(JsonOut out) {
    out.finish();
    return new String(out.bytes(), 0, out.length(), UTF_8);
  }

  @Test
  void everyTypeIsWrittenAsItWasRead() {
    String item =
        """
        {"b":{"B":"AAH/"},"bool":{"BOOL":false},"bs":{"BS":["AA==","AQI="]},"e":{"M":{}},\
        "l":{"L":[{"S":"x"},{"BOOL":true},{"L":[]},{"M":{"a":{"NULL":true}}}]},"n":{"N":"-1.5"},\
        "ns":{"NS":["0","7"]},"nul":{"NULL":true},"s":{"S":""},"ss":{"SS":["a","ö"]}}\
        """;
    assertThat(written(JsonOut.start().name("Item").item(read(item))))
        .isEqualTo("{\"Item\":" + item + "}");
  }

  @Test
  void itemsStandBetweenWhatTheGeneratorWrites() {
    JsonOut out = JsonOut.start(1).number("A", 1).array("Items");
    out.item(BinaryItem.EMPTY).item(read("{\"a\":{\"S\":\"x\"}}")).endArray();
    out.name("Key").value(AttributeValue.N.of(7)).string("B", "y");
    assertThat(written(out))
        .isEqualTo(
            "{\"A\":1,\"Items\":[{},{\"a\":{\"S\":\"x\"}}],\"Key\":{\"N\":\"7\"},\"B\":\"y\"}");
  }

  @Test
  void itemsOfOneAnswerMayDifferInAttributesAndTypes() {
    List<String> items =
        List.of(
            "{\"a\":{\"S\":\"1\"},\"b\":{\"M\":{\"a\":{\"N\":\"2\"}}},\"c\":{\"S\":\"3\"}}",
            "{\"a\":{\"N\":\"1\"},\"b\":{\"M\":{}},\"c\":{\"S\":\"3\"}}",
            "{\"b\":{\"BOOL\":true},\"c\":{\"BOOL\":false}}",
            "{\"b\":{\"BOOL\":false},\"c\":{\"BOOL\":true},\"d\":{\"NULL\":true}}",
            "{}",
            many(100),
            many(99));
    JsonOut out = JsonOut.start().array("Items");
    items.forEach(item -> out.item(read(item)));
    items.forEach(item -> out.item(read(item)));
    out.endArray();
    String all = String.join(",", items);
    assertThat(written(out)).isEqualTo("{\"Items\":[" + all + "," + all + "]}");
  }

  /// An item of that many attributes.
  private static String many(int attributes) {
    StringJoiner item = new StringJoiner(",", "{", "}");
    for (int i = 100; i < 100 + attributes; i++) {
      item.add("\"a" + i + "\":{\"S\":\"" + i + "\"}");
    }
    return item.toString();
  }

  @Test
  void anyTextComesBackWhetherItIsANameOrAValue() {
    Random random = new Random(SEED);
    for (int i = 0; i < TEXTS; i++) {
      String text = text(random, 1 + random.nextInt(70));
      BinaryItem item =
          BinaryItem.of(Map.of(text, new AttributeValue.SS(List.of(text, text + "\""))));
      String json = written(JsonOut.start().name("Item").item(item));
      assertThat(read(json.substring("{\"Item\":".length(), json.length() - 1)))
          .as("-Dseed=%d, text %d: %s", SEED, i, json)
          .isEqualTo(item);
    }
  }

  private static String text(Random random, int length) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.appendCodePoint(
          switch (random.nextInt(6)) {
            case 0 -> random.nextInt(0x20);
            case 1 -> random.nextBoolean() ? '"' : '\\';
            case 2 -> 0x80 + random.nextInt(0x700);
            case 3 -> 0x1F600 + random.nextInt(0x40);
            default -> 0x20 + random.nextInt(0x5F);
          });
    }
    return text.toString();
  }
}
