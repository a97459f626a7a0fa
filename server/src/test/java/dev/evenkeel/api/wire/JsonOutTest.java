package dev.evenkeel.api.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class JsonOutTest {
  private static String text(JsonOut out) {
    out.finish();
    return new String(out.bytes(), 0, out.length(), StandardCharsets.UTF_8);
  }

  @Test
  void bodyIsWrittenInOrderAndNullIsLeftOut() {
    JsonOut out = JsonOut.start(1);
    out.string("A", "é\"").string("B", null).number("C", 5L).decimal("D", 1.5).bool("E", true);
    out.seconds("F", 1_363_729_002_358L).strings("G", List.of("x", "y"));
    out.object("H").end().array("I").object().end().endArray();
    assertThat(text(out))
        .isEqualTo(
            "{\"A\":\"é\\\"\",\"C\":5,\"D\":1.5,\"E\":true,\"F\":1363729002.358,"
                + "\"G\":[\"x\",\"y\"],\"H\":{},\"I\":[{}]}");
  }

  @Test
  void bodiesGrowBeyondTheirFirstSize() {
    JsonOut out = JsonOut.start(16);
    String big = "x".repeat(1_000_000);
    assertThat(text(out.string("A", big))).isEqualTo("{\"A\":\"" + big + "\"}");
  }
}
