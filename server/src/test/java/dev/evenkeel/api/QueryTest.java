package dev.evenkeel.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Collections;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Queries on a table; of indexes see [QueryIndexTest].
final class QueryTest {
  private static final String OF_A = "'ExpressionAttributeValues':{':h':{'S':'a'}}";
  private static final String ALL = "'KeyConditionExpression':'h = :h'," + OF_A;

  @RegisterExtension final TestDatabase database = new TestDatabase();

  @BeforeEach
  void createTable() {
    database.create("Tab", "h:S r:S");
    for (String sort : new String[] {"b", "ab", "c", "a", "abc"}) {
      put("a", sort, "'x':{'N':'" + sort.length() + "'}");
    }
    put("other", "a", "'x':{'N':'1'}");
  }

  private void put(String partition, String sort, String more) {
    database.ok(
        "PutItem", "'Item':{'h':{'S':'" + partition + "'},'r':{'S':'" + sort + "'}," + more + "}");
  }

  private static String sorts(String answer) {
    StringBuilder sorts = new StringBuilder();
    Matcher matcher =
        Pattern.compile("'r':\\{'S':'(\\w+)'}").matcher(answer.split("],'Count", 2)[0]);
    while (matcher.find()) {
      sorts.append(sorts.isEmpty() ? "" : " ").append(matcher.group(1));
    }
    return sorts.toString();
  }

  @Test
  void largePagesAreReadAsSmallOnesAre() {
    String text = "'x':{'S':'" + "x".repeat(50_000) + "'}";
    for (String sort : new String[] {"d", "e"}) {
      put("a", sort, text);
    }
    assertThat(sorts(database.ok("Query", ALL))).isEqualTo("a ab abc b c d e");
    assertThat(database.ok("Query", ALL + ",'Limit':7"))
        .endsWith("'Count':7,'ScannedCount':7,'LastEvaluatedKey':{'h':{'S':'a'},'r':{'S':'e'}}}");
    assertThat(sorts(database.ok("Query", ALL + ",'ScanIndexForward':false,'Limit':2")))
        .isEqualTo("e d");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          r = :v                | 'ab' | ab
          r < :v                | 'ab' | a
          r <= :v               | 'ab' | a ab
          r > :v                | 'ab' | abc b c
          r >= :v               | 'ab' | ab abc b c
          begins_with(r, :v)    | 'ab' | ab abc
          r BETWEEN :v AND :w   | 'ab' | ab abc b
          r = :v                | 'zz' | ""
          """)
  void rangesOfTheSortKeyAreReadInBothDirections(String range, String value, String expected) {
    String w = range.contains(":w") ? ",':w':{'S':'b'}" : "";
    String query =
        "'KeyConditionExpression':'h = :h AND %s','ExpressionAttributeValues':{':h':{'S':'a'},':v':{'S':%s}%s}"
            .formatted(range, value, w);
    assertThat(sorts(database.ok("Query", query))).isEqualTo(expected);
    String backwards = database.ok("Query", query + ",'ScanIndexForward':false");
    String[] words = expected.split(" ", -1);
    Collections.reverse(Arrays.asList(words));
    assertThat(sorts(backwards)).isEqualTo(String.join(" ", words));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          'EQ','AttributeValueList':[{'S':'ab'}]                 | ab
          'LT','AttributeValueList':[{'S':'ab'}]                 | a
          'LE','AttributeValueList':[{'S':'ab'}]                 | a ab
          'GT','AttributeValueList':[{'S':'ab'}]                 | abc b c
          'GE','AttributeValueList':[{'S':'ab'}]                 | ab abc b c
          'BEGINS_WITH','AttributeValueList':[{'S':'ab'}]        | ab abc
          'BETWEEN','AttributeValueList':[{'S':'ab'},{'S':'b'}]  | ab abc b
          """)
  void keyConditionsAreTheLegacyKeyCondition(String condition, String expected) {
    String query =
        "'KeyConditions':{'h':{'ComparisonOperator':'EQ','AttributeValueList':[{'S':'a'}]},'r':{'ComparisonOperator':"
            + condition
            + "}}";
    assertThat(sorts(database.ok("Query", query))).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"true", "false"})
  void pagesContinueBehindTheLastEvaluatedKey(String forward) {
    String query = ALL + ",'Limit':2,'ScanIndexForward':" + forward;
    String first = database.ok("Query", query);
    assertThat(first).contains("'Count':2,'ScannedCount':2,'LastEvaluatedKey':{'h':{'S':'a'},'r':");
    String second = database.ok("Query", query + startingAfter(first));
    String third = database.ok("Query", query + startingAfter(second));
    assertThat(third).contains("'Count':1,'ScannedCount':1}");
    assertThat(sorts(first) + " " + sorts(second) + " " + sorts(third))
        .isEqualTo(forward.equals("true") ? "a ab abc b c" : "c b abc ab a");
  }

  private static String startingAfter(String answer) {
    Matcher key = Pattern.compile("'LastEvaluatedKey':(\\{.*?}})").matcher(answer);
    assertThat(key.find()).isTrue();
    return ",'ExclusiveStartKey':" + key.group(1);
  }

  @Test
  void legacyParametersThatDoNotGoWithExpressionsAreNamed() {
    String mixed =
        "Can not use both expression and non-expression parameters in the same request: ";
    assertThat(
            database.refusal(
                "Query",
                "'KeyConditions':{},'QueryFilter':{},'ConditionalOperator':'OR','AttributesToGet':['a'],"
                    + "'KeyConditionExpression':'','FilterExpression':'','ProjectionExpression':''"))
        .isEqualTo(
            "ValidationException: "
                + mixed
                + "Non-expression parameters: {AttributesToGet, QueryFilter, ConditionalOperator,"
                + " KeyConditions} Expression parameters: {ProjectionExpression, FilterExpression,"
                + " KeyConditionExpression}");
  }

  @Test
  void aLimitThatEndsWithTheLastItemStillHasALastEvaluatedKey() {
    String page = database.ok("Query", ALL + ",'Limit':5");
    assertThat(page).contains("'LastEvaluatedKey'");
    assertThat(database.ok("Query", ALL + startingAfter(page)))
        .isEqualTo("{'Items':[],'Count':0,'ScannedCount':0}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          {'h':{'S':'a'}}                               | The provided starting key is invalid
          {'h':{'S':'a'},'r':{'N':'1'}}                 | The provided starting key is invalid
          {'h':{'S':'a'},'r':{'S':'a'},'x':{'S':'a'}}   | The provided starting key is invalid
          {'h':{'S':'a'},'r':{'SS':[]}}                 | The provided starting key is invalid: One or more parameter values were invalid: An string set  may not be empty
          {'h':{'S':'a'},'r':{'S':''}}                  | The provided starting key is invalid: One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value. Key: r
          {'h':{'S':'b'},'r':{'S':'a'}}                 | The provided starting key is outside query boundaries based on provided conditions
          """)
  void startKeysMustFitTheQuery(String key, String message) {
    assertThat(database.refusal("Query", ALL + ",'ExclusiveStartKey':" + key))
        .isEqualTo("ValidationException: " + message);
  }

  @Test
  void aStartKeyMeetsTheConditionOnTheSortKey() {
    String later =
        "'KeyConditionExpression':'h = :h AND r > :r','ExpressionAttributeValues':{':h':{'S':'a'},':r':{'S':'k'}},'ExclusiveStartKey':{'h':{'S':'a'},'r':{'S':'%s'}}";
    database.ok("Query", later.formatted("l"));
    for (String sort : new String[] {"a", "k"}) {
      assertThat(database.refusal("Query", later.formatted(sort)))
          .isEqualTo(
              "ValidationException: The provided starting key does not match the range key"
                  + " predicate");
    }
  }

  @Test
  void aPageEndsWithTheItemThatReaches1Mb() {
    for (int i = 0; i < 5; i++) {
      put("big", "r" + i, "'v':{'S':'" + "x".repeat(300_000) + "'}");
    }
    String query =
        "'KeyConditionExpression':'h = :h','ExpressionAttributeValues':{':h':{'S':'big'}},'ReturnConsumedCapacity':'TOTAL'";
    String page = database.ok("Query", query + ",'ProjectionExpression':'r'");
    assertThat(page)
        .isEqualTo(
            "{'Items':[{'r':{'S':'r0'}},{'r':{'S':'r1'}},{'r':{'S':'r2'}},{'r':{'S':'r3'}}],'Count':4,'ScannedCount':4,'LastEvaluatedKey':{'h':{'S':'big'},'r':{'S':'r3'}},'ConsumedCapacity':{'TableName':'Tab','CapacityUnits':146.5}}");
    assertThat(database.ok("Query", query + ",'Select':'COUNT'" + startingAfter(page)))
        .startsWith("{'Count':1,'ScannedCount':1,");
  }

  @Test
  void filtersLeaveOutItemsThatAreCountedAsScanned() {
    String filtered =
        "'KeyConditionExpression':'h = :h','FilterExpression':'x >= :n','ExpressionAttributeValues':{':h':{'S':'a'},':n':{'N':'2'}}";
    assertThat(database.ok("Query", filtered + ",'ProjectionExpression':'r'"))
        .isEqualTo("{'Items':[{'r':{'S':'ab'}},{'r':{'S':'abc'}}],'Count':2,'ScannedCount':5}");
    assertThat(database.ok("Query", filtered + ",'Limit':1,'Select':'COUNT'"))
        .isEqualTo("{'Count':0,'ScannedCount':1,'LastEvaluatedKey':{'h':{'S':'a'},'r':{'S':'a'}}}");
    assertThat(
            database.ok(
                "Query",
                "'Select':'COUNT','KeyConditions':{'h':{'ComparisonOperator':'EQ','AttributeValueList':[{'S':'a'}]}},'QueryFilter':{'x':{'ComparisonOperator':'EQ','AttributeValueList':[{'N':'1'}]},'y':{'ComparisonOperator':'NOT_NULL'}},'ConditionalOperator':'OR'"))
        .isEqualTo("{'Count':3,'ScannedCount':5}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          'Limit':1                                                | Either the KeyConditions or KeyConditionExpression parameter must be specified in the request.
          'KeyConditionExpression':'h > :h'                        | Query key condition not supported
          'KeyConditionExpression':'r = :h'                        | Query condition missed key schema element: h
          'KeyConditionExpression':'h = :h AND x = :h'             | Query condition missed key schema element: r
          'KeyConditionExpression':'h = :h','FilterExpression':'r = :h' | Filter Expression can only contain non-primary key attributes: Primary key attribute: r
          'KeyConditionExpression':'h = :h','Select':'ALL_PROJECTED_ATTRIBUTES' | One or more parameter values were invalid: ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName
          'KeyConditionExpression':'h = :h','IndexName':'nope'     | The table does not have the specified index: nope
          'KeyConditionExpression':'h = :h','Limit':0              | 1 validation error detected: Value '0' at 'Limit' failed to satisfy constraint: Member must have value greater than or equal to 1
          """)
  void queriesThatCannotBeAreRefused(String members, String message) {
    String values = members.contains(":h") ? "," + OF_A : "";
    assertThat(database.refusal("Query", members + values))
        .isEqualTo("ValidationException: " + message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"COUNT", "ALL_ATTRIBUTES", "ALL_PROJECTED_ATTRIBUTES"})
  void aProjectionGoesWithSpecificAttributesOnly(String select) {
    assertThat(
            database.refusal(
                "Query", ALL + ",'ProjectionExpression':'r','Select':'" + select + "'"))
        .startsWith(
            "ValidationException: Cannot specify the ProjectionExpression when choosing to get");
  }

  @Test
  void specificAttributesNeedAProjection() {
    assertThat(database.refusal("Query", ALL + ",'Select':'SPECIFIC_ATTRIBUTES'"))
        .startsWith(
            "ValidationException: Must specify the AttributesToGet or ProjectionExpression");
    assertThat(
            sorts(
                database.ok(
                    "Query", ALL + ",'Select':'SPECIFIC_ATTRIBUTES','ProjectionExpression':'r'")))
        .isEqualTo("a ab abc b c");
  }

  @Test
  void numbersAndBinariesSortByValue() {
    database.create("Nums", "h:S r:N");
    for (String number : new String[] {"10", "-1", "9", "-10", "0.5", "0"}) {
      database.ok(
          "PutItem", "{'TableName':'Nums','Item':{'h':{'S':'a'},'r':{'N':'" + number + "'}}}");
    }
    assertThat(database.ok("Query", "{'TableName':'Nums','ProjectionExpression':'r'," + ALL + "}"))
        .startsWith(
            "{'Items':[{'r':{'N':'-10'}},{'r':{'N':'-1'}},{'r':{'N':'0'}},{'r':{'N':'0.5'}},{'r':{'N':'9'}},{'r':{'N':'10'}}]");
  }
}
