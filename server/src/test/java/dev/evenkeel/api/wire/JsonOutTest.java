package dev.evenkeel.api.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.api.Response;
import dev.evenkeel.model.ApiException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class JsonOutTest {
  private static String text(Response response) {
    return new String(response.body(), 0, response.length(), StandardCharsets.UTF_8);
  }

  @Test
  void bodyIsWrittenInOrderAndNullIsLeftOut() {
    JsonOut out = JsonOut.start(1);
    out.string("A", "é\"").string("B", null).number("C", 5L).decimal("D", 1.5).bool("E", true);
    out.seconds("F", 1_363_729_002_358L).strings("G", List.of("x", "y"));
    out.object("H").end().array("I").object().end().endArray();
    Response response = out.ok();
    assertThat(response.status()).isEqualTo(200);
    assertThat(response.error()).isEmpty();
    assertThat(text(response))
        .isEqualTo(
            "{\"A\":\"é\\\"\",\"C\":5,\"D\":1.5,\"E\":true,\"F\":1363729002.358,"
                + "\"G\":[\"x\",\"y\"],\"H\":{},\"I\":[{}]}");
  }

  @Test
  void bodiesGrowBeyondTheirFirstSize() {
    JsonOut out = JsonOut.start(16);
    String big = "x".repeat(1_000_000);
    assertThat(text(out.string("A", big).ok())).isEqualTo("{\"A\":\"" + big + "\"}");
  }

  @Test
  void errorsCarryTypeTextAndMembers() {
    Response response =
        ErrorBody.of(
            ApiException.with(
                ApiException.Kind.CONDITIONAL_CHECK_FAILED,
                "The conditional request failed",
                Map.of("Item", 7)),
            (out, value) -> out.generator().writeNumber((Integer) value));
    assertThat(response.status()).isEqualTo(400);
    assertThat(response.error()).isEqualTo("ConditionalCheckFailedException");
    assertThat(text(response))
        .isEqualTo(
            "{\"__type\":\"com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException\","
                + "\"message\":\"The conditional request failed\",\"Item\":7}");
  }

  @Test
  void serializationErrorsSpellTheirTextWithACapital() {
    assertThat(text(ErrorBody.of(ApiException.serialization("x"), (out, value) -> {})))
        .isEqualTo(
            "{\"__type\":\"com.amazon.coral.service#SerializationException\",\"Message\":\"x\"}");
    assertThat(text(ErrorBody.of(Json.malformed(), (out, value) -> {})))
        .isEqualTo("{\"__type\":\"com.amazon.coral.service#SerializationException\"}");
  }
}
