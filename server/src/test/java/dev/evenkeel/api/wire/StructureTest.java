package dev.evenkeel.api.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.evenkeel.model.ApiException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JsonParser;

final class StructureTest {
  private static final Structure.Builder ELEMENT = Structure.of("KeySchemaElement");
  private static final Member<String> KEY_TYPE =
      ELEMENT.required("KeyType", Shape.enumeration("HASH", "RANGE"));
  private static final Structure ELEMENT_SHAPE = ELEMENT.build();

  private static final Structure.Builder TWO_INPUT = Structure.of("TwoThings");
  private static final Member<String> SECOND =
      TWO_INPUT.required("KeyType", Shape.enumeration("HASH"));
  private static final Member<List<String>> THINGS =
      TWO_INPUT.optional(
          "Things", Shape.list(Shape.delegated("Thing", StructureTest::delegated), 1, 2));
  private static final Structure TWO_SHAPE = TWO_INPUT.build();

  private static final Structure.Builder INPUT = Structure.of("ThingInput");
  private static final Member<String> TABLE_NAME = INPUT.required("TableName", Shape.tableName());
  private static final Member<Integer> LIMIT = INPUT.optional("Limit", Shape.integer(1, 100));
  private static final Member<Long> UNITS = INPUT.optional("Units", Shape.number(1));
  private static final Member<Boolean> FLAG = INPUT.optional("Flag", Shape.bool());
  private static final Member<List<Members>> KEYS =
      INPUT.optional("KeySchema", Shape.list(ELEMENT_SHAPE, 1, 2));
  private static final Member<SequencedMap<String, List<String>>> MAP =
      INPUT.optional("Map", Shape.map(Shape.string(), Shape.list(Shape.string(0, 3)), 0, 2));
  private static final Member<Members> ONE = INPUT.optional("One", ELEMENT_SHAPE);

  static {
    INPUT.optional("Tables", Shape.map(Shape.tableName(), Shape.list(Shape.integer(0, 9), 1, 25)));
    INPUT.optional("Names", Shape.list(Shape.name(3, 255)));
  }

  private static final Member<Members> TWO = INPUT.optional("Two", TWO_SHAPE);
  private static final Member<String> DELEGATED =
      INPUT.optional("Delegated", Shape.delegated("Thing", StructureTest::delegated));
  private static final Structure SHAPE = INPUT.build();

  private static String delegated(JsonParser parser) {
    String name = parser.nextName();
    parser.nextToken();
    if (!"good".equals(name)) {
      throw ApiException.validation("the thing is bad");
    }
    String value = parser.getString();
    parser.nextToken();
    return value;
  }

  private static Members read(String json) {
    return SHAPE.read(json.getBytes(StandardCharsets.UTF_8));
  }

  private static ApiException refusal(String json) {
    return refusal(json.getBytes(StandardCharsets.UTF_8));
  }

  private static ApiException refusal(byte[] body) {
    return catchThrowableOfType(ApiException.class, () -> SHAPE.read(body));
  }

  private static void assertSerialization(String json, @Nullable String message) {
    ApiException refused = refusal(json);
    assertThat(refused).as(json).isNotNull();
    assertThat(refused.kind()).as(json).isEqualTo(ApiException.Kind.SERIALIZATION);
    assertThat(refused.getMessage()).as(json).isEqualTo(message);
  }

  @Test
  void membersAreReadByTheirKeys() {
    Members members =
        read(
            """
            {"TableName":"abc","Limit":7,"Units":5000000000,"Flag":true,
             "KeySchema":[{"KeyType":"HASH"}],"Map":{"b":["1","2"],"a":[]},"One":{"KeyType":"RANGE"},
             "Delegated":{"good":"x"}}\
            """);
    assertThat(members.need(TABLE_NAME)).isEqualTo("abc");
    assertThat(members.get(LIMIT)).isEqualTo(7);
    assertThat(members.get(UNITS)).isEqualTo(5_000_000_000L);
    assertThat(members.get(FLAG, false)).isTrue();
    assertThat(members.need(KEYS).getFirst().need(KEY_TYPE)).isEqualTo("HASH");
    assertThat(members.get(MAP))
        .containsExactly(Map.entry("b", List.of("1", "2")), Map.entry("a", List.of()));
    assertThat(members.need(ONE).need(KEY_TYPE)).isEqualTo("RANGE");
    assertThat(members.get(DELEGATED)).isEqualTo("x");
  }

  @Test
  void unknownMembersAreSkippedAndNullIsAbsent() {
    Members members =
        read("{\"Other\":{\"TableName\":[1,{}]},\"TableName\":\"abc\",\"Limit\":null}");
    assertThat(members.has(LIMIT)).isFalse();
    assertThat(members.get(LIMIT, 9)).isEqualTo(9);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "hi",
        "{",
        "{\"TableName\":\"ab",
        "{\"TableName\":\"abc\"",
        "{\"TableName\":\"abc\"}}",
        "{\"TableName\":\"abc\"} x",
        "{\"TableName\":\"abc\",}",
        "{\"Limit\":NaN,\"TableName\":\"abc\"}",
        "{\"Limit\":01}",
        "{'TableName':'abc'}",
        "{\"TableName\":\"a\nb\"}",
        "{\"KeySchema\":[",
        "{\"Map\":{\"a\":"
      })
  void malformedJsonIsRefusedWithoutText(String json) {
    assertSerialization(json, null);
  }

  @Test
  void bytesThatAreNotUtf8AreRefused() {
    byte[] latin = "{\"TableName\":\"ab\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1);
    assertThat(refusal(latin).kind()).isEqualTo(ApiException.Kind.SERIALIZATION);
    byte[] wide = "{\"TableName\":\"abc\"}".getBytes(StandardCharsets.UTF_16LE);
    assertThat(refusal(wide).kind()).isEqualTo(ApiException.Kind.SERIALIZATION);
  }

  @Test
  void deepNestingIsRefused() {
    String deep = "[".repeat(100_000) + "]".repeat(100_000);
    assertSerialization("{\"TableName\":\"abc\",\"Other\":" + deep + "}", null);
    assertThat(read("{\"TableName\":\"abc\",\"Other\":" + "[".repeat(300) + "]".repeat(300) + "}"))
        .isNotNull();
  }

  @Test
  void duplicatesAreRefused() {
    assertSerialization(
        "{\"TableName\":\"abc\",\"TableName\":\"abc\"}", "Duplicate member: TableName");
    assertSerialization(
        "{\"TableName\":null,\"TableName\":\"abc\"}", "Duplicate member: TableName");
    assertSerialization(
        "{\"TableName\":\"abc\",\"Map\":{\"a\":[],\"a\":[]}}", "Duplicate member: a");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          TableName | true            | TRUE_VALUE cannot be converted to String
          TableName | false           | FALSE_VALUE cannot be converted to String
          TableName | 23              | NUMBER_VALUE cannot be converted to String
          TableName | 34.56           | DECIMAL_VALUE cannot be converted to String
          TableName | []              | Unrecognized collection type class java.lang.String
          TableName | {}              | Start of structure or map found where not expected
          Limit     | "23"            | STRING_VALUE cannot be converted to Integer
          Limit     | true            | TRUE_VALUE cannot be converted to Integer
          Limit     | []              | Unrecognized collection type class java.lang.Integer
          Limit     | {}              | Start of structure or map found where not expected
          Units     | "23"            | STRING_VALUE cannot be converted to Long
          Flag      | "true"          | Unexpected token received from parser
          Flag      | 1               | NUMBER_VALUE cannot be converted to Boolean
          Flag      | []              | Unrecognized collection type class java.lang.Boolean
          KeySchema | "23"            | Unexpected field type
          KeySchema | {}              | Start of structure or map found where not expected
          KeySchema | [1]             | Unexpected value type in payload
          KeySchema | [[]]            | Unrecognized collection type class com.amazonaws.dynamodb.v20120810.KeySchemaElement
          Map       | 1               | Unexpected field type
          Map       | []              | Unrecognized collection type java.util.Map<java.lang.String, java.util.List<java.lang.String>>
          One       | 1               | Unexpected field type
          One       | []              | Unrecognized collection type class com.amazonaws.dynamodb.v20120810.KeySchemaElement
          """)
  void wrongJsonTypesAreRefusedInAwsWords(String member, String value, String message) {
    assertSerialization("{\"" + member + "\":" + value + "}", message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {}                                        | Value null at 'TableName' failed to satisfy constraint: Member must not be null
          {"TableName":""}                          | Value '' at 'TableName' failed to satisfy constraint: Member must have length greater than or equal to 1
          {"TableName":"ab"}                        | Value 'ab' at 'TableName' failed to satisfy constraint: Member must have length greater than or equal to 3
          {"TableName":"ab;c"}                      | Value 'ab;c' at 'TableName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+
          {"TableName":"abc","Limit":0}             | Value '0' at 'Limit' failed to satisfy constraint: Member must have value greater than or equal to 1
          {"TableName":"abc","Limit":101}           | Value '101' at 'Limit' failed to satisfy constraint: Member must have value less than or equal to 100
          {"TableName":"abc","Limit":1e999}         | Value '2147483647' at 'Limit' failed to satisfy constraint: Member must have value less than or equal to 100
          {"TableName":"abc","Units":-99999999999999999999999} | Value '-9223372036854775808' at 'Units' failed to satisfy constraint: Member must have value greater than or equal to 1
          {"TableName":"abc","KeySchema":[]}        | Value '[]' at 'KeySchema' failed to satisfy constraint: Member must have length greater than or equal to 1
          {"TableName":"abc","KeySchema":[null]}    | Value null at 'KeySchema.1.member' failed to satisfy constraint: Member must not be null
          {"TableName":"abc","KeySchema":[{}]}      | Value null at 'KeySchema.1.member.KeyType' failed to satisfy constraint: Member must not be null
          {"TableName":"abc","KeySchema":[{"KeyType":"X"}]} | Value 'X' at 'KeySchema.1.member.KeyType' failed to satisfy constraint: Member must satisfy enum value set: [HASH, RANGE]
          {"TableName":"abc","KeySchema":[{"KeyType":"HASH"},{"KeyType":"HASH"},{"KeyType":"RANGE"}]} | Value '[KeySchemaElement(keyType=HASH), KeySchemaElement(keyType=HASH), KeySchemaElement(keyType=RANGE)]' at 'KeySchema' failed to satisfy constraint: Member must have length less than or equal to 2
          {"TableName":"abc","Map":{"K":["","long"]}} | Value '[, long]' at 'Map.K.member' failed to satisfy constraint: Member must satisfy constraint: [Member must have length less than or equal to 3]
          {"TableName":"abc","Map":{"a":[],"b":null}} | Value null at 'Map.b.member' failed to satisfy constraint: Member must not be null
          {"TableName":"abc","Map":{"a":[],"b":[],"c":[]}} | Value '{a=[], b=[], c=[]}' at 'Map' failed to satisfy constraint: Member must have length less than or equal to 2
          {"TableName":"abc","Tables":{"ok-":[]}}   | Value '{ok-=[]}' at 'Tables' failed to satisfy constraint: Map value must satisfy constraint: [Member must have length less than or equal to 25, Member must have length greater than or equal to 1]
          {"TableName":"abc","Tables":{"":[1]}}     | Value '{=[1]}' at 'Tables' failed to satisfy constraint: Map keys must satisfy constraint: [Member must have length less than or equal to 1024, Member must have length greater than or equal to 1]
          {"TableName":"abc","Tables":{"ab":[1]}}   | Value 'ab' at 'Tables.ab.member' failed to satisfy constraint: Member must have length greater than or equal to 3
          {"TableName":"abc","Names":["abc","a;"]}  | Value '[abc, a;]' at 'Names' failed to satisfy constraint: Member must satisfy constraint: [Member must have length less than or equal to 255, Member must have length greater than or equal to 3, Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+]
          {"TableName":"abc","Two":{}}              | Value null at 'Two.KeyType' failed to satisfy constraint: Member must not be null
          """)
  void violationsAreNamedWithTheirPathAndValue(String json, String message) {
    ApiException refused = refusal(json);
    assertThat(refused).isNotNull();
    assertThat(refused.kind()).isEqualTo(ApiException.Kind.VALIDATION);
    assertThat(refused.getMessage()).isEqualTo("1 validation error detected: " + message);
  }

  @Test
  void onlyTheFirstViolationInTheOrderOfDeclarationIsNamed() {
    assertThat(refusal("{\"KeySchema\":[{}],\"Limit\":0}"))
        .hasMessage(
            "1 validation error detected: Value null at 'TableName' failed to satisfy constraint:"
                + " Member must not be null");
    assertThat(refusal("{\"KeySchema\":[{}],\"Limit\":0,\"TableName\":\"abc\"}"))
        .hasMessageStartingWith("1 validation error detected: Value '0' at 'Limit'");
  }

  @Test
  void hugeBodiesOfNothingStaySmallAndTheirRefusalsShort() {
    String many = "{},".repeat(1_000_000) + "{}";
    String refused = refusal("{\"TableName\":\"abc\",\"KeySchema\":[" + many + "]}").getMessage();
    assertThat(refused)
        .startsWith(
            "1 validation error detected: Value '[KeySchemaElement(keyType=null), KeySchemaElement(")
        .hasSizeLessThan(8_000);
    String name = refusal("{\"TableName\":\"" + "a".repeat(1_000_000) + "\"}").getMessage();
    assertThat(name).hasSizeLessThan(3_000);
  }

  @Test
  void tableNameMayBeAnArn() {
    String arn = "arn:aws:dynamodb:local:000000000000:table/" + "a".repeat(255);
    assertThat(read("{\"TableName\":\"" + arn + "\"}").need(TABLE_NAME)).isEqualTo(arn);
  }

  @Test
  void jsonIsJudgedBeforeShapesAndShapesBeforeDelegatedValues() {
    String bad = "{\"Delegated\":{\"a\":{\"b\":[1,2]}},\"TableName\":\"abc\"";
    assertThat(refusal(bad + ",\"Limit\":0}")).hasMessageContaining("at 'Limit'");
    assertSerialization(bad + ",", null);
    assertSerialization(
        bad + ",\"Limit\":[]}", "Unrecognized collection type class java.lang.Integer");
    assertSerialization("{\"Delegated\":1}", "Unexpected field type");
    assertSerialization("{\"Two\":{\"Things\":[1]}}", "Unexpected value type in payload");
  }

  @Test
  void delegatedValuesAreRefusedWhenTheyAreAskedFor() {
    Members members =
        read(
            """
            {"TableName":"abc","Delegated":{"bad":1},
             "Two":{"KeyType":"HASH","Things":[{"good":"x"},{"worse":2}]}}\
            """);
    assertThat(members.has(DELEGATED)).isTrue();
    assertThatThrownBy(() -> members.get(DELEGATED)).hasMessage("the thing is bad");
    assertThatThrownBy(() -> members.requireSound(DELEGATED)).hasMessage("the thing is bad");
    Members two = members.need(TWO);
    assertThat(two.need(SECOND)).isEqualTo("HASH");
    assertThatThrownBy(() -> two.get(THINGS)).hasMessage("the thing is bad");
  }

  @Test
  void aRefusedValueIsShownWithWhatHoldsIt() {
    assertThat(refusal("{\"TableName\":\"abc\",\"Two\":{\"Things\":[{\"bad\":1},null]}}"))
        .hasMessageContaining("Value null at 'Two.KeyType'");
    assertThat(
            refusal(
                "{\"TableName\":\"abc\",\"Two\":{\"KeyType\":\"HASH\",\"Things\":"
                    + "[{\"bad\":1},{\"good\":\"x\"},{\"bad\":1}]}}"))
        .hasMessageContaining("Value '[Thing, Thing, Thing]' at 'Two.Things'");
  }
}
