package dev.evenkeel.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.model.Limits;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The edges of what an item may hold.
final class ItemLimitsTest {
  /// What is left for the value of attribute `v` of an item whose key is `h` = `a`.
  private static final int FREE = Limits.ITEM_BYTES_MAX - "ha".length() - "v".length();

  private static final String TOO_DEEP =
      "ValidationException: Nesting Levels have exceeded supported limits: Attributes in the item"
          + " have nested levels beyond supported limit";

  @RegisterExtension final TestDatabase database = new TestDatabase();

  @BeforeEach
  void createTable() {
    database.create("Tab", "h:S");
  }

  private static String item(String value) {
    return "'Item':{'h':{'S':'a'},'v':" + value + "}";
  }

  @Test
  void anItemHas400KbAtMost() {
    database.ok("PutItem", item("{'S':'" + "x".repeat(FREE) + "'}"));
    assertThat(database.refusal("PutItem", item("{'S':'" + "x".repeat(FREE + 1) + "'}")))
        .isEqualTo("ValidationException: Item size has exceeded the maximum allowed size");
    assertThat(database.refusal("PutItem", item("{'S':'" + "é".repeat(FREE / 2 + 1) + "'}")))
        .isEqualTo("ValidationException: Item size has exceeded the maximum allowed size");
  }

  @Test
  void anUpdateIsRefusedByWhatItWouldMakeOfTheItem() {
    database.ok("PutItem", item("{'S':'" + "x".repeat(FREE - "w".length() - 10) + "'}"));
    String set =
        "'Key':{'h':{'S':'a'}},'UpdateExpression':'SET w = :w','ExpressionAttributeValues':{':w':{'S':'";
    database.ok("UpdateItem", set + "x".repeat(10) + "'}}");
    assertThat(database.refusal("UpdateItem", set + "x".repeat(11) + "'}}"))
        .isEqualTo(
            "ValidationException: Item size to update has exceeded the maximum allowed size");
  }

  @Test
  void documentsNest32LevelsDeep() {
    database.ok("PutItem", item(nested(32)));
    assertThat(database.refusal("PutItem", item(nested(33)))).isEqualTo(TOO_DEEP);
  }

  @Test
  void theDeepestValueLiesIn31Maps() {
    for (String value : new String[] {"{'S':'x'}", "{'SS':['x']}", "{'NULL':true}", "{'L':[]}"}) {
      database.ok("PutItem", item(around(value, 31)));
      assertThat(database.refusal("PutItem", item(around(value, 32)))).isEqualTo(TOO_DEEP);
    }
  }

  @Test
  void valuesOfExpressionsDoNotNestDeeperEither() {
    assertThat(
            database.refusal(
                "UpdateItem",
                "'Key':{'h':{'S':'a'}},'UpdateExpression':'SET v = :v','ExpressionAttributeValues':{':v':"
                    + around("{'S':'x'}", 32)
                    + "}"))
        .isEqualTo(
            TOO_DEEP.replace(": Nest", ": ExpressionAttributeValues contains invalid value: Nest")
                + " for key :v");
  }

  @Test
  void namesOfAttributesHaveOneByteAtLeastAnd65535AtMost() {
    String longest = "n".repeat(Limits.ATTRIBUTE_NAME_BYTES_MAX);
    String tooLong =
        "ValidationException: Attribute name is too large, must be less than 65536 bytes";
    database.ok("PutItem", item("{'S':'x'},'" + longest + "':{'S':'x'}"));
    for (String name : new String[] {longest + "n", "é".repeat(32_768)}) {
      assertThat(database.refusal("PutItem", item("{'S':'x'},'" + name + "':{'S':'x'}")))
          .isEqualTo(tooLong);
      assertThat(database.refusal("PutItem", item("{'M':{'" + name + "':{'S':'x'}}}")))
          .isEqualTo(tooLong);
    }
    String empty =
        "ValidationException: One or more parameter values were invalid: Attribute name may not be"
            + " empty";
    assertThat(database.refusal("PutItem", item("{'S':'x'},'':{'S':'x'}"))).isEqualTo(empty);
    assertThat(database.refusal("PutItem", item("{'M':{'':{'S':'x'}}}"))).isEqualTo(empty);
    assertThat(
            database.refusal(
                "UpdateItem",
                "'Key':{'h':{'S':'a'}},'UpdateExpression':'SET #n = :v','ExpressionAttributeNames':{'#n':''},'ExpressionAttributeValues':{':v':{'S':'x'}}"))
        .isEqualTo(empty);
  }

  @Test
  void whatUnicodeCannotHoldIsRefusedRatherThanChanged() {
    String half = "{'S':'\\ud800'}";
    assertThat(database.refusal("PutItem", item(half))).isEqualTo("SerializationException");
    assertThat(database.refusal("GetItem", "'Key':{'h':" + half + "}"))
        .isEqualTo("SerializationException");
    database.ok("PutItem", item("{'S':'\\ud83d\\ude00'}"));
    assertThat(database.ok("GetItem", "'Key':{'h':{'S':'a'}}")).contains("\ud83d\ude00");
  }

  @Test
  void anUpdateDoesNotNestDeeperEither() {
    database.ok("PutItem", item(nested(32)));
    assertThat(
            database.refusal(
                "UpdateItem",
                "'Key':{'h':{'S':'a'}},'UpdateExpression':'SET v"
                    + ".k".repeat(31)
                    + " = :d','ExpressionAttributeValues':{':d':{'M':{'k':{'M':{}}}}}"))
        .isEqualTo(TOO_DEEP);
  }

  private static String nested(int levels) {
    return around("{'M':{}}", levels - 1);
  }

  private static String around(String value, int maps) {
    return "{'M':{'k':".repeat(maps) + value + "}}".repeat(maps);
  }

  @ParameterizedTest
  @CsvSource({
    "+5, 5",
    "-0, 0",
    "1e2, 100",
    "00012.500, 12.5",
    "1E-5, 0.00001",
    "12345678901234567890123456789012345678, 12345678901234567890123456789012345678",
    "0.12345678901234567890123456789012345678, 0.12345678901234567890123456789012345678"
  })
  void numbersAreExactAndCanonical(String given, String kept) {
    database.ok("PutItem", item("{'N':'" + given + "'}"));
    assertThat(database.ok("GetItem", "'Key':{'h':{'S':'a'}}"))
        .isEqualTo("{'Item':{'h':{'S':'a'},'v':{'N':'" + kept + "'}}}");
  }

  @Test
  void numbersReachTheEdgesOfTheirRange() {
    for (String edge :
        new String[] {
          "9.9999999999999999999999999999999999999E+125", "-9.9E125", "1E-130", "-1E-130"
        }) {
      database.ok("PutItem", item("{'N':'" + edge + "'}"));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          1E126   | Number overflow. Attempting to store a number with magnitude larger than supported range
          -1E126  | Number overflow. Attempting to store a number with magnitude larger than supported range
          9.9E-131 | Number underflow. Attempting to store a number with magnitude smaller than supported range
          123456789012345678901234567890123456789E100 | Number overflow. Attempting to store a number with magnitude larger than supported range
          123456789012345678901234567890123456789 | Attempting to store more than 38 significant digits in a Number
          1x      | The parameter cannot be converted to a numeric value: 1x
          0x10    | The parameter cannot be converted to a numeric value: 0x10
          NaN     | The parameter cannot be converted to a numeric value: NaN
          1 2     | The parameter cannot be converted to a numeric value: 1 2
          """)
  void otherNumbersAreRefused(String number, String message) {
    assertThat(database.refusal("PutItem", item("{'N':'" + number + "'}")))
        .isEqualTo("ValidationException: " + message);
    assertThat(database.refusal("PutItem", item("{'L':[{'NS':['" + number + "']}]}")))
        .isEqualTo("ValidationException: " + message);
  }
}
