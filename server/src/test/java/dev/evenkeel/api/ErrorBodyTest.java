package dev.evenkeel.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.model.ApiException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ErrorBodyTest {
  private static String text(Response response) {
    return new String(response.body(), 0, response.length(), StandardCharsets.UTF_8);
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
    assertThat(
            text(
                ErrorBody.of(
                    ApiException.of(ApiException.Kind.SERIALIZATION, null), (out, value) -> {})))
        .isEqualTo("{\"__type\":\"com.amazon.coral.service#SerializationException\"}");
  }
}
