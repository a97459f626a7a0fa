package dev.evenkeel.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class BatchGetItemTest {
  @RegisterExtension final TestDatabase database = new TestDatabase();

  @BeforeEach
  void createTables() {
    database.create("Tab", "h:S");
    database.create("Other", "h:S");
  }

  private static String keys(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "{'h':{'S':'" + i + "'}}")
        .collect(Collectors.joining(",", "{'Keys':[", "]"));
  }

  private void put(String table, String key, String value) {
    database.ok(
        "PutItem",
        "{'TableName':'%s','Item':{'h':{'S':'%s'},'v':{'S':'%s'}}}".formatted(table, key, value));
  }

  @Test
  void itemsOfSeveralTablesAreRead() {
    put("Tab", "a", "1");
    put("Other", "a", "2");
    assertThat(
            database.ok(
                "BatchGetItem",
                "{'RequestItems':{'Tab':{'Keys':[{'h':{'S':'a'}},{'h':{'S':'none'}}],'ConsistentRead':true},'Other':{'Keys':[{'h':{'S':'a'}}],'ProjectionExpression':'#v','ExpressionAttributeNames':{'#v':'v'}}},'ReturnConsumedCapacity':'TOTAL'}"))
        .isEqualTo(
            "{'Responses':{'Tab':[{'h':{'S':'a'},'v':{'S':'1'}}],'Other':[{'v':{'S':'2'}}]},'UnprocessedKeys':{},'ConsumedCapacity':[{'TableName':'Tab','CapacityUnits':2.0},{'TableName':'Other','CapacityUnits':0.5}]}");
    assertThat(
            database.ok(
                "BatchGetItem",
                "{'RequestItems':{'Tab':{'Keys':[{'h':{'S':'a'}}],'AttributesToGet':['h']}}}"))
        .isEqualTo("{'Responses':{'Tab':[{'h':{'S':'a'}}]},'UnprocessedKeys':{}}");
  }

  @Test
  void what16MbDoNotHoldIsGivenBackAsItWasAsked() {
    for (int i = 0; i < 45; i++) {
      put("Tab", "" + i, "x".repeat(400_000));
    }
    String answer =
        database.ok(
            "BatchGetItem",
            "{'RequestItems':{'Tab':"
                + keys(45)
                + ",'ConsistentRead':true,'ProjectionExpression':'#h','ExpressionAttributeNames':{'#h':'h'}}}}");
    assertThat(answer)
        .endsWith(
            "'UnprocessedKeys':{'Tab':{'Keys':[{'h':{'S':'41'}},{'h':{'S':'42'}},{'h':{'S':'43'}},{'h':{'S':'44'}}],'ConsistentRead':true,'ProjectionExpression':'#h','ExpressionAttributeNames':{'#h':'h'}}}}");
  }

  @Test
  void anItemIsTheSameByNameAndByArnOfItsTable() {
    String tables =
        "'Tab':" + keys(1) + "},'arn:aws:dynamodb:local:000000000000:table/Tab':" + keys(1) + "}";
    assertThat(database.refusal("BatchGetItem", "{'RequestItems':{" + tables + "}}"))
        .isEqualTo("ValidationException: Provided list of item keys contains duplicates");
  }

  @Test
  void aBatchHas100KeysAtMost() {
    assertThat(database.ok("BatchGetItem", "{'RequestItems':{'Tab':" + keys(100) + "}}}"))
        .isEqualTo("{'Responses':{'Tab':[]},'UnprocessedKeys':{}}");
    assertThat(database.refusal("BatchGetItem", "{'RequestItems':{'Tab':" + keys(101) + "}}}"))
        .startsWith("ValidationException: 1 validation error detected: Value '[")
        .endsWith(
            "' at 'RequestItems.Tab.member.Keys' failed to satisfy constraint: Member must have length less than or equal to 100");
    assertThat(
            database.refusal(
                "BatchGetItem",
                "{'RequestItems':{'Tab':" + keys(60) + "},'Other':" + keys(41) + "}}}"))
        .isEqualTo("ValidationException: Too many items requested for the BatchGetItem call");
  }

  @Test
  void batchesThatCannotBeAreRefused() {
    assertThat(database.refusal("BatchGetItem", "{'RequestItems':{}}"))
        .isEqualTo(
            "ValidationException: 1 validation error detected: Value '{}' at 'RequestItems' failed to satisfy constraint: Member must have length greater than or equal to 1");
    assertThat(
            database.refusal(
                "BatchGetItem",
                "{'RequestItems':{'Tab':{'Keys':[{'h':{'S':'a'}},{'h':{'S':'a'}}]}}}"))
        .isEqualTo("ValidationException: Provided list of item keys contains duplicates");
    assertThat(
            database.refusal(
                "BatchGetItem", "{'RequestItems':{'Nope':{'Keys':[{'h':{'S':'a'}}]}}}"))
        .isEqualTo("ResourceNotFoundException: Requested resource not found");
  }
}
