package dev.evenkeel.expression;

import static dev.evenkeel.expression.Samples.EXPRESSIONS;
import static dev.evenkeel.expression.Samples.ITEM;
import static dev.evenkeel.expression.Samples.l;
import static dev.evenkeel.expression.Samples.n;
import static dev.evenkeel.expression.Samples.s;
import static dev.evenkeel.expression.Samples.scope;
import static dev.evenkeel.expression.Samples.ss;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenkeel.codec.BinaryItem;
import dev.evenkeel.codec.WireReader;
import dev.evenkeel.codec.WireWriter;
import dev.evenkeel.expression.AttributeUpdate.Action;
import dev.evenkeel.model.ApiException;
import dev.evenkeel.model.AttributeValue;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The wire form of conditions and updates. Random ones: [RandomExpressionCodecTest].
class ExpressionCodecTest {
  /// Together they have every kind of node.
  private static final List<String> CONDITIONS =
      List.of(
          "a = :s AND (num <> :zero OR NOT num < doc.list_[1])",
          "num <= :n5 AND num > :zero AND num >= :zero",
          "num BETWEEN :zero AND :n5",
          "#dotted IN (:s, a, :m)",
          "attribute_exists(a) OR attribute_not_exists(doc.list_[9])",
          "attribute_type(tags, :S) AND begins_with(a, :s) AND contains(tags, :t)",
          "size(doc.list_) > :n4");

  private static final List<String> UPDATES =
      List.of(
          "SET a = :t, fresh = num REMOVE doc.list_[1], flag ADD nums :ns DELETE tags :ss",
          "SET num = if_not_exists(num, :zero) + :n5, e = :n4 - num",
          "SET e = list_append(if_not_exists(e, :l), :l)");

  @Test
  void everyOperatorFunctionAndWordingHasANumber() {
    assertThat(ExpressionFormat.COMPARATORS)
        .containsExactlyInAnyOrder(Condition.Comparator.values());
    assertThat(ExpressionFormat.FUNCTIONS).containsExactlyInAnyOrder(Function.values());
    assertThat(ExpressionFormat.WORDINGS).containsExactlyInAnyOrder(Update.Wording.values());
  }

  @Test
  void conditionsComeBackAsTheyWere() throws IOException {
    for (String text : CONDITIONS) {
      Condition condition = EXPRESSIONS.condition(text, scope());
      assertThat(Wire.decoded(condition)).as(text).isEqualTo(condition);
    }
  }

  @ParameterizedTest
  @MethodSource("dev.evenkeel.expression.LegacyParametersTest#comparisons")
  void legacyConditionsComeBackAsTheyWere(String name, AttributeCondition given, boolean holds)
      throws IOException {
    Condition condition = LegacyParameters.filter(Map.of(name, given), null);
    assertThat(Wire.decoded(condition)).isEqualTo(condition);
    assertThat(Wire.decoded(condition).test(ITEM)).isEqualTo(holds);
  }

  @Test
  void legacyConditionsMayBeNoneOrMany() throws IOException {
    Condition none = LegacyParameters.filter(Map.of(), null);
    AttributeValue[] many = new AttributeValue[2_000];
    Arrays.setAll(many, i -> n(String.valueOf(i)));
    Condition in =
        LegacyParameters.filter(
            Map.of("num", new AttributeCondition(ComparisonOperator.IN, List.of(many))), null);
    assertThat(Wire.decoded(none)).isEqualTo(none);
    assertThat(Wire.decoded(in)).isEqualTo(in);
  }

  @ParameterizedTest
  @MethodSource("dev.evenkeel.expression.UpdateExpressionTest#changes")
  void updatesComeBackAsTheyWere(String text, String attribute, AttributeValue after)
      throws IOException {
    Update update = EXPRESSIONS.update(text, scope());
    Update decoded = Wire.decoded(update);
    assertThat(decoded.actions()).isEqualTo(update.actions());
    assertThat(decoded.apply(ITEM, Map.of()).get(attribute)).isEqualTo(after);
  }

  @Test
  void legacyUpdatesComeBackWithTheirWording() throws IOException {
    Update update =
        LegacyParameters.attributeUpdates(
            Map.of(
                "a", new AttributeUpdate(Action.PUT, s("z")),
                "num", new AttributeUpdate(Action.ADD, n("1")),
                "doc", new AttributeUpdate(Action.DELETE, null),
                "tags", new AttributeUpdate(Action.DELETE, ss("x")),
                "fresh", new AttributeUpdate(Action.ADD, l(n("1")))));
    Update wrong =
        LegacyParameters.attributeUpdates(Map.of("a", new AttributeUpdate(Action.ADD, n("1"))));
    Update decoded = Wire.decoded(update);
    assertThat(decoded.actions()).isEqualTo(update.actions());
    assertThat(decoded.apply(ITEM, Map.of())).isEqualTo(update.apply(ITEM, Map.of()));
    assertThat(Wire.decoded(wrong).wording()).isEqualTo(Update.Wording.LEGACY);
    assertThatThrownBy(() -> Wire.decoded(wrong).apply(ITEM, Map.of()))
        .hasMessage("Type mismatch for attribute to update");
    assertThat(Wire.decoded(Update.none()).actions()).isEmpty();
  }

  @Test
  void whatTheLimitsAllowTravels() throws IOException {
    for (String text :
        List.of(
            "NOT ".repeat(299) + "a = :s",
            "NOT ".repeat(298) + "size(a) = :n4",
            "a=:s AND(".repeat(149) + "a=:s" + ")".repeat(149),
            "a" + ".b".repeat(31) + " <> :s")) {
      Condition condition = EXPRESSIONS.condition(text, scope());
      assertThat(Wire.decoded(condition)).as(text).isEqualTo(condition);
    }
    Update update =
        EXPRESSIONS.update(
            "SET e = " + "list_append(e,".repeat(250) + ":l" + ")".repeat(250), scope());
    assertThat(Wire.decoded(update).actions()).isEqualTo(update.actions());
  }

  @Test
  void whatIsNestedDeeperIsRefused() {
    byte[] nots = new byte[400_000];
    Arrays.fill(nots, (byte) ExpressionFormat.NOT);
    nots[0] = ExpressionFormat.VERSION;
    assertThatThrownBy(() -> ExpressionDecoder.condition(new WireReader(nots)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("nested too deep");
  }

  static List<Arguments> malformed() {
    String path = "01" + "01" + "01" + "0161";
    return List.of(
        Arguments.of("02" + "0100", "unknown expression format version 2"),
        Arguments.of("01" + "08", "unknown condition 8"),
        Arguments.of("01" + "04" + "06" + path + path, "6 is none of"),
        Arguments.of("01" + "04" + "ff" + path + path, "-1 is none of"),
        Arguments.of("01" + "07" + "05" + path, "no condition: SIZE"),
        Arguments.of("01" + "0400" + "0300" + path + path, "no operand: ATTRIBUTE_EXISTS"),
        Arguments.of("01" + "0400" + "0308" + path + path, "no operand: PLUS"),
        Arguments.of("01" + "0400" + "04", "unknown operand 4"),
        Arguments.of("01" + "0700" + "0100", "a path that does not begin with a name"),
        Arguments.of("01" + "0700" + "0101" + "0200", "a path that does not begin with a name"),
        Arguments.of("01" + "0700" + "0101" + "030161", "unknown element of a path 3"),
        Arguments.of("01" + "0700" + "0121" + "010161".repeat(33), "33 where at most 32 may be"),
        Arguments.of("01" + "01ffffffff07", "it ends too early"),
        Arguments.of("01" + "01ffffffff0f", "no number"),
        Arguments.of("01" + "018000", "no number"));
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void bytesThatCannotBeEvaluatedAreRefused(String hex, String problem) {
    WireReader in = new WireReader(HexFormat.of().parseHex(hex));
    assertThatThrownBy(() -> ExpressionDecoder.condition(in))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(problem);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // Paths that overlap; a comparison's function; an unknown wording; an unknown action.
        "01" + "00" + "02" + "02" + "01010161" + "02" + "01010161",
        "01" + "00" + "01" + "01" + "01010161" + "0305" + "01" + "01010162",
        "01" + "02" + "00",
        "01" + "00" + "01" + "05" + "01010161"
      })
  void updatesThatCannotBeAppliedAreRefused(String hex) {
    WireReader in = new WireReader(HexFormat.of().parseHex(hex));
    assertThatThrownBy(() -> ExpressionDecoder.update(in)).isInstanceOf(IOException.class);
  }

  @Test
  void whatIsNotBoundIsABug() {
    Condition placeholder =
        new Condition.Not(new Condition.In(Path.of("a"), List.of(new Operand.Placeholder(":s"))));
    Condition alias =
        new Condition.Predicate(
            new Operand.Call(
                Function.ATTRIBUTE_EXISTS,
                List.of(new Path(List.of(new Path.Element.Alias("#a"))))));
    Condition operands =
        new Condition.Predicate(new Operand.Call(Function.CONTAINS, List.of(Path.of("a"))));
    for (Condition condition : List.of(placeholder, alias, operands)) {
      assertThatThrownBy(() -> Wire.encoded(condition)).isInstanceOf(IllegalStateException.class);
    }
  }

  /// Who changes the format changes `package-info`, the golden file and the version together.
  @Test
  void bytesAreThoseOfTheGoldenFile() throws IOException {
    StringBuilder text = new StringBuilder();
    for (String condition : CONDITIONS) {
      byte[] bytes = Wire.encoded(EXPRESSIONS.condition(condition, scope()));
      text.append(condition).append('\n').append(HexFormat.of().formatHex(bytes)).append('\n');
    }
    for (String update : UPDATES) {
      byte[] bytes = Wire.encoded(EXPRESSIONS.update(update, scope()));
      text.append(update).append('\n').append(HexFormat.of().formatHex(bytes)).append('\n');
    }
    byte[] legacy =
        Wire.encoded(
            LegacyParameters.attributeUpdates(
                Map.of("num", new AttributeUpdate(Action.ADD, n("1")))));
    text.append("AttributeUpdates\n").append(HexFormat.of().formatHex(legacy)).append('\n');
    try (InputStream in = getClass().getResourceAsStream("expression-format-1.txt")) {
      assertThat(in).isNotNull();
      assertThat(text.toString()).isEqualTo(new String(in.readAllBytes(), UTF_8));
    }
  }

  /// There and back.
  static final class Wire {
    private Wire() {}

    static byte[] encoded(Condition condition) {
      WireWriter out = new WireWriter(1);
      ExpressionEncoder.write(condition, out);
      return out.finish();
    }

    static byte[] encoded(Update update) {
      WireWriter out = new WireWriter(1);
      ExpressionEncoder.write(update, out);
      return out.finish();
    }

    static Condition decoded(Condition condition) throws IOException {
      return condition(encoded(condition));
    }

    static Update decoded(Update update) throws IOException {
      return update(encoded(update));
    }

    static Condition condition(byte[] bytes) throws IOException {
      WireReader in = new WireReader(bytes);
      Condition condition = ExpressionDecoder.condition(in);
      in.end();
      return condition;
    }

    static Update update(byte[] bytes) throws IOException {
      WireReader in = new WireReader(bytes);
      Update update = ExpressionDecoder.update(in);
      in.end();
      return update;
    }

    /// What the update makes of the item, or the message that refuses it.
    static Object applied(Update update, BinaryItem item) {
      try {
        return update.apply(item, Map.of());
      } catch (ApiException e) {
        return String.valueOf(e.getMessage());
      }
    }
  }
}
