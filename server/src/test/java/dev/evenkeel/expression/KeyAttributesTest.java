package dev.evenkeel.expression;

import static dev.evenkeel.expression.Samples.EXPRESSIONS;
import static dev.evenkeel.expression.Samples.scope;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenkeel.model.AttributeValue;
import dev.evenkeel.model.KeySchema;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeyAttributesTest {
  private static final String SCALARS =
      "Key attributes must be scalars; list random access '[]' and map lookup '.' are not allowed: ";
  private static final KeySchema KEYS = keys("pk", "sk");
  private static final List<KeySchema> INDEXES = List.of(keys("pk", "a"));

  private static KeySchema keys(String partition, String sort) {
    return new KeySchema(
        new KeySchema.KeyAttribute(partition, AttributeValue.Type.S),
        new KeySchema.KeyAttribute(sort, AttributeValue.Type.S));
  }

  @Test
  void aFilterOfQueryDoesNotLookAtKeys() {
    Condition filter = EXPRESSIONS.filter("a = :s OR NOT size(sk) = :n5", scope());
    assertThatThrownBy(() -> KeyAttributes.refuseInFilter(filter, KEYS))
        .hasMessage(
            "Filter Expression can only contain non-primary key attributes: Primary key attribute:"
                + " sk");
    assertThatThrownBy(() -> KeyAttributes.refuseInQueryFilter(filter, KEYS))
        .hasMessage(
            "QueryFilter can only contain non-primary key attributes: Primary key attribute: sk");
  }

  @Test
  void pathsDoNotGoBelowAKeyAttribute() {
    assertThatThrownBy(() ->
            KeyAttributes.requireScalars(
                EXPRESSIONS.condition("b.pk = :s AND pk.b = :s", scope()), KEYS, INDEXES))
        .hasMessage(SCALARS + "Key: pk");
    assertThatThrownBy(() ->
            KeyAttributes.requireScalars(
                EXPRESSIONS.projection("b, sk[0]", scope()), KEYS, INDEXES))
        .hasMessage(SCALARS + "Key: sk");
    assertThatThrownBy(() ->
            KeyAttributes.requireScalars(
                EXPRESSIONS.update("SET b = :s, a.b = :s", scope()), KEYS, INDEXES))
        .hasMessage(SCALARS + "IndexKey: a");
  }

  @Test
  void keyAttributesThemselvesMayBeNamed() {
    assertThatCode(() ->
            KeyAttributes.requireScalars(
                EXPRESSIONS.projection("pk, sk, a, b.pk", scope()), KEYS, INDEXES))
        .doesNotThrowAnyException();
  }
}
