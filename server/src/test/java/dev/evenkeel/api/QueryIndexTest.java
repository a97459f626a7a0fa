package dev.evenkeel.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Queries on local secondary indexes of every projection.
final class QueryIndexTest {
  private static final String ALL =
      "'KeyConditionExpression':'h = :h','ExpressionAttributeValues':{':h':{'S':'a'}}";

  @RegisterExtension final TestDatabase database = new TestDatabase();

  @BeforeEach
  void createTable() {
    database.create("Tab", "h:S r:N", "all s:S ALL", "keys n:N KEYS_ONLY", "some s:S INCLUDE x");
    database.ok(
        "PutItem",
        "'Item':{'h':{'S':'a'},'r':{'N':'1'},'s':{'S':'z'},'n':{'N':'5'},'x':{'S':'x1'},'y':{'S':'y1'}}");
    database.ok(
        "PutItem",
        "'Item':{'h':{'S':'a'},'r':{'N':'2'},'s':{'S':'y'},'n':{'N':'5'},'x':{'S':'x2'},'y':{'S':'y2'}}");
    database.ok("PutItem", "'Item':{'h':{'S':'a'},'r':{'N':'3'},'y':{'S':'in no index'}}");
  }

  private String query(String index, String more) {
    return database.ok("Query", "'IndexName':'" + index + "'," + ALL + more);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          all  | {'h':{'S':'a'},'n':{'N':'5'},'r':{'N':'2'},'s':{'S':'y'},'x':{'S':'x2'},'y':{'S':'y2'}},{'h':{'S':'a'},'n':{'N':'5'},'r':{'N':'1'},'s':{'S':'z'},'x':{'S':'x1'},'y':{'S':'y1'}}
          keys | {'h':{'S':'a'},'n':{'N':'5'},'r':{'N':'1'}},{'h':{'S':'a'},'n':{'N':'5'},'r':{'N':'2'}}
          some | {'h':{'S':'a'},'r':{'N':'2'},'s':{'S':'y'},'x':{'S':'x2'}},{'h':{'S':'a'},'r':{'N':'1'},'s':{'S':'z'},'x':{'S':'x1'}}
          """)
  void anIndexReturnsWhatItHoldsInItsOwnOrder(String index, String items) {
    String answer = "{'Items':[" + items + "],'Count':2,'ScannedCount':2}";
    assertThat(query(index, "")).isEqualTo(answer);
    assertThat(query(index, ",'Select':'ALL_PROJECTED_ATTRIBUTES'")).isEqualTo(answer);
    assertThat(query(index, ",'Select':'COUNT'")).isEqualTo("{'Count':2,'ScannedCount':2}");
  }

  @Test
  void whatAnIndexDoesNotHoldIsFetchedFromTheTable() {
    String wholeItems =
        "{'Items':[{'h':{'S':'a'},'n':{'N':'5'},'r':{'N':'1'},'s':{'S':'z'},'x':{'S':'x1'},'y':{'S':'y1'}},{'h':{'S':'a'},'n':{'N':'5'},'r':{'N':'2'},'s':{'S':'y'},'x':{'S':'x2'},'y':{'S':'y2'}}],'Count':2,'ScannedCount':2";
    assertThat(query("keys", ",'Select':'ALL_ATTRIBUTES'")).isEqualTo(wholeItems + "}");
    assertThat(query("keys", ",'ProjectionExpression':'y'"))
        .isEqualTo("{'Items':[{'y':{'S':'y1'}},{'y':{'S':'y2'}}],'Count':2,'ScannedCount':2}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          keys | 'ProjectionExpression':'n'  | 'CapacityUnits':0.5,'Table':{'CapacityUnits':0.0},'LocalSecondaryIndexes':{'keys':{'CapacityUnits':0.5}}
          keys | 'ProjectionExpression':'y'  | 'CapacityUnits':1.5,'Table':{'CapacityUnits':1.0},'LocalSecondaryIndexes':{'keys':{'CapacityUnits':0.5}}
          keys | 'Select':'ALL_ATTRIBUTES','ConsistentRead':true | 'CapacityUnits':3.0,'Table':{'CapacityUnits':2.0},'LocalSecondaryIndexes':{'keys':{'CapacityUnits':1.0}}
          all  | 'Select':'ALL_ATTRIBUTES'   | 'CapacityUnits':0.5,'Table':{'CapacityUnits':0.0},'LocalSecondaryIndexes':{'all':{'CapacityUnits':0.5}}
          """)
  void aFetchCostsAReadOfTheTableForEachItem(String index, String more, String consumed) {
    assertThat(query(index, "," + more + ",'ReturnConsumedCapacity':'INDEXES'"))
        .endsWith("'ConsumedCapacity':{'TableName':'Tab'," + consumed + "}}");
  }

  @Test
  void pagesOfAnIndexContinueAtKeysOfIndexAndTable() {
    String page = query("keys", ",'Limit':1");
    String key = "{'h':{'S':'a'},'r':{'N':'1'},'n':{'N':'5'}}";
    String sorted = "{'h':{'S':'a'},'n':{'N':'5'},'r':{'N':'1'}}";
    assertThat(page)
        .isEqualTo(
            "{'Items':["
                + sorted
                + "],'Count':1,'ScannedCount':1,'LastEvaluatedKey':"
                + sorted
                + "}");
    assertThat(query("keys", ",'ExclusiveStartKey':" + key)).contains("'r':{'N':'2'}", "'Count':1");
    assertThat(query("keys", ",'ScanIndexForward':false,'ExclusiveStartKey':" + key))
        .isEqualTo("{'Items':[],'Count':0,'ScannedCount':0}");
    assertThat(
            database.refusal(
                "Query",
                "'IndexName':'keys'," + ALL + ",'ExclusiveStartKey':{'h':{'S':'a'},'r':{'N':'1'}}"))
        .isEqualTo("ValidationException: The provided starting key is invalid");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          n = :v              | 2
          n < :v              | 0
          n <= :v             | 2
          n > :v              | 0
          n >= :v             | 2
          n BETWEEN :v AND :v | 2
          """)
  void rangesOfTheIndexSortKeyHoldAllItemsOfAValue(String range, int count) {
    assertThat(
            database.ok(
                "Query",
                "'IndexName':'keys','Select':'COUNT','KeyConditionExpression':'h = :h AND "
                    + range
                    + "','ExpressionAttributeValues':{':h':{'S':'a'},':v':{'N':'5'}}"))
        .isEqualTo("{'Count':" + count + ",'ScannedCount':" + count + "}");
  }

  @Test
  void aFilterOnAnIndexMayLookAtTheTablesSortKeyButNotAtTheIndexs() {
    String values = ",'ExpressionAttributeValues':{':h':{'S':'a'},':v':{'N':'2'}}";
    String filter = "'IndexName':'keys','KeyConditionExpression':'h = :h','FilterExpression':";
    assertThat(database.ok("Query", filter + "'r = :v'" + values))
        .contains("'Count':1,'ScannedCount':2");
    assertThat(database.refusal("Query", filter + "'n = :v'" + values))
        .endsWith("Primary key attribute: n");
  }

  @Test
  void fetchedItemsCountTowardsThePageOf1Mb() {
    for (int i = 10; i < 15; i++) {
      database.ok(
          "PutItem",
          "'Item':{'h':{'S':'big'},'r':{'N':'%d'},'n':{'N':'1'},'v':{'S':'%s'}}"
              .formatted(i, "x".repeat(300_000)));
    }
    assertThat(
            database.ok(
                "Query",
                "'IndexName':'keys','ProjectionExpression':'r, v','KeyConditionExpression':'h = :h','ExpressionAttributeValues':{':h':{'S':'big'}}"))
        .contains("'Count':4,'ScannedCount':4,'LastEvaluatedKey'");
  }

  @Test
  void aScanOfAnIndexReadsItsEntriesAlone() {
    assertThat(database.ok("Scan", "'IndexName':'keys'"))
        .isEqualTo(
            "{'Items':[{'h':{'S':'a'},'n':{'N':'5'},'r':{'N':'1'}},{'h':{'S':'a'},'n':{'N':'5'},'r':{'N':'2'}}],'Count':2,'ScannedCount':2}");
    assertThat(database.ok("Scan", "'IndexName':'some','Select':'COUNT'"))
        .isEqualTo("{'Count':2,'ScannedCount':2}");
    String page = database.ok("Scan", "'IndexName':'all','Limit':1,'ProjectionExpression':'r'");
    assertThat(page)
        .isEqualTo(
            "{'Items':[{'r':{'N':'2'}}],'Count':1,'ScannedCount':1,'LastEvaluatedKey':{'h':{'S':'a'},'r':{'N':'2'},'s':{'S':'y'}}}");
    assertThat(
            database.ok(
                "Scan",
                "'IndexName':'all','ProjectionExpression':'r','ExclusiveStartKey':{'h':{'S':'a'},'r':{'N':'2'},'s':{'S':'y'}}"))
        .isEqualTo("{'Items':[{'r':{'N':'1'}}],'Count':1,'ScannedCount':1}");
  }
}
