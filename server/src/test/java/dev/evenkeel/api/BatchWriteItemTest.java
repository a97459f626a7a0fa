package dev.evenkeel.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.model.ApiException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BatchWriteItemTest {
  @RegisterExtension final TestDatabase database = new TestDatabase();

  @BeforeEach
  void createTables() {
    database.create("Tab", "h:S");
    database.create("Indexed", "h:S r:S", "byS s:S ALL");
  }

  private static String puts(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "{'PutRequest':{'Item':{'h':{'S':'" + i + "'}}}}")
        .collect(Collectors.joining(",", "[", "]"));
  }

  @Test
  void putsAndDeletionsOfSeveralTablesAreDone() {
    database.ok("PutItem", "'Item':{'h':{'S':'gone'}}");
    assertThat(
            database.ok(
                "BatchWriteItem",
                "{'RequestItems':{'Tab':[{'PutRequest':{'Item':{'h':{'S':'a'}}}},{'DeleteRequest':{'Key':{'h':{'S':'gone'}}}}],'Indexed':[{'PutRequest':{'Item':{'h':{'S':'a'},'r':{'S':'b'},'s':{'S':'c'}}}}]},'ReturnConsumedCapacity':'INDEXES','ReturnItemCollectionMetrics':'SIZE'}"))
        .isEqualTo(
            "{'UnprocessedItems':{},'ItemCollectionMetrics':{'Indexed':[{'ItemCollectionKey':{'h':{'S':'a'}},'SizeEstimateRangeGB':[0.0,1.0]}]},'ConsumedCapacity':[{'TableName':'Tab','CapacityUnits':2.0,'Table':{'CapacityUnits':2.0}},{'TableName':'Indexed','CapacityUnits':2.0,'Table':{'CapacityUnits':1.0},'LocalSecondaryIndexes':{'byS':{'CapacityUnits':1.0}}}]}");
    assertThat(database.ok("Scan", ""))
        .isEqualTo("{'Items':[{'h':{'S':'a'}}],'Count':1,'ScannedCount':1}");
  }

  @Test
  void aBatchHas25RequestsAtMost() {
    assertThat(database.ok("BatchWriteItem", "{'RequestItems':{'Tab':" + puts(25) + "}}"))
        .isEqualTo("{'UnprocessedItems':{}}");
    assertThat(database.refusal("BatchWriteItem", "{'RequestItems':{'Tab':" + puts(26) + "}}"))
        .endsWith(
            "' at 'RequestItems' failed to satisfy constraint: Map value must satisfy constraint: [Member must have length less than or equal to 25, Member must have length greater than or equal to 1]");
    assertThat(
            database.refusal(
                "BatchWriteItem",
                "{'RequestItems':{'Tab':" + puts(20) + ",'Indexed':" + puts(6) + "}}"))
        .isEqualTo("ValidationException: Too many items requested for the BatchWriteItem call");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          {'PutRequest':{'Item':{'h':{'S':'a'}}}},{'PutRequest':{'Item':{'h':{'S':'a'}}}}     | Provided list of item keys contains duplicates
          {'PutRequest':{'Item':{'h':{'S':'a'}}}},{'DeleteRequest':{'Key':{'h':{'S':'a'}}}}   | Provided list of item keys contains duplicates
          {}                                                                                  | Supplied AttributeValue is empty, must contain exactly one of the supported datatypes
          {'PutRequest':{'Item':{'h':{'S':'a'}}},'DeleteRequest':{'Key':{'h':{'S':'a'}}}}     | Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes
          {'PutRequest':{}}                                                                   | 1 validation error detected: Value null at 'RequestItems.Tab.member.1.member.PutRequest.Item' failed to satisfy constraint: Member must not be null
          """)
  void batchesThatCannotBeAreRefusedAsAWhole(String requests, String message) {
    assertThat(database.refusal("BatchWriteItem", "{'RequestItems':{'Tab':[" + requests + "]}}"))
        .isEqualTo("ValidationException: " + message);
    assertThat(database.ok("Scan", "'Select':'COUNT'")).isEqualTo("{'Count':0,'ScannedCount':0}");
  }

  @Test
  void anItemIsTheSameByNameAndByArnOfItsTable() {
    String tables =
        "'Tab':" + puts(1) + ",'arn:aws:dynamodb:local:000000000000:table/Tab':" + puts(1);
    assertThat(database.refusal("BatchWriteItem", "{'RequestItems':{" + tables + "}}"))
        .isEqualTo("ValidationException: Provided list of item keys contains duplicates");
  }

  @Test
  void oneTableThatIsNotThereRefusesTheBatch() {
    assertThat(
            database.refusal(
                "BatchWriteItem",
                "{'RequestItems':{'Tab':" + puts(1) + ",'Nope':" + puts(1) + "}}"))
        .isEqualTo("ResourceNotFoundException: Requested resource not found");
    assertThat(database.ok("Scan", "'Select':'COUNT'")).isEqualTo("{'Count':0,'ScannedCount':0}");
  }

  @Test
  void anItemOfABatchHas400KbAtMost() {
    assertThat(
            database.refusal(
                "BatchWriteItem",
                "{'RequestItems':{'Tab':[{'PutRequest':{'Item':{'h':{'S':'a'},'v':{'S':'"
                    + "x".repeat(400 * 1024)
                    + "'}}}}]}}"))
        .isEqualTo("ValidationException: Item size has exceeded the maximum allowed size");
  }

  @Test
  void whatIsThrottledIsGivenBackUnlessItIsAll() {
    database.overload(
        ApiException.of(ApiException.Kind.PROVISIONED_THROUGHPUT_EXCEEDED, "Too much."));
    String indexed = "[{'PutRequest':{'Item':{'h':{'S':'a'},'r':{'S':'b'}}}}]";
    assertThat(
            database.ok(
                "BatchWriteItem",
                "{'RequestItems':{'Tab':" + puts(2) + ",'Indexed':" + indexed + "}}"))
        .isEqualTo("{'UnprocessedItems':{'Tab':" + puts(2) + "}}");
    assertThat(database.refusal("BatchWriteItem", "{'RequestItems':{'Tab':" + puts(2) + "}}"))
        .isEqualTo("ProvisionedThroughputExceededException: Too much.");
  }

  @Test
  void aRefusalSaysWhatThrottles() {
    String reasons =
        "'ThrottlingReasons':[{'reason':'IndexWriteProvisionedThroughputExceeded','resource':'arn'}]";
    database.overload(
        ApiException.with(
            ApiException.Kind.PROVISIONED_THROUGHPUT_EXCEEDED,
            "Too much.",
            Map.of(
                "ThrottlingReasons",
                List.of(
                    new TreeMap<>(
                        Map.of(
                            "reason",
                            "IndexWriteProvisionedThroughputExceeded",
                            "resource",
                            "arn"))))));
    assertThat(database.refusalBody("BatchWriteItem", "{'RequestItems':{'Tab':" + puts(2) + "}}"))
        .contains(reasons);
    assertThat(database.refusalBody("PutItem", "'Item':{'h':{'S':'a'}}")).contains(reasons);
  }
}
