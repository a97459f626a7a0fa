package dev.evenkeel.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.api.Response;
import dev.evenkeel.replica.StorageOptions;
import dev.evenkeel.replica.Zones;
import dev.evenkeel.runtime.RealEnvironment;
import dev.evenkeel.storage.MemoryItemStore;
import dev.evenkeel.telemetry.Telemetry;
import dev.evenkeel.wal.LogOptions;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The operations on a whole database in memory, as the endpoint calls them.
class DatabaseTest {
  private static final long MEMORY_BYTES = 256L << 20;

  private RealEnvironment environment;
  private Database database;

  @BeforeEach
  void open() throws Exception {
    environment =
        RealEnvironment.inMemory(
            MEMORY_BYTES,
            bug -> {
              throw new AssertionError(bug);
            });
    database =
        Database.open(
            environment,
            MemoryItemStore.create(),
            new Database.Options(
                "local",
                () -> "localhost:8000",
                new Telemetry(),
                LogOptions.DEFAULT.inMemory(),
                StorageOptions.DEFAULT));
  }

  @AfterEach
  void close() throws Exception {
    database.close();
    environment.close();
  }

  @Test
  void anItemThatWasPutIsRead() throws Exception {
    createMusic();
    assertThat(
            call(
                "PutItem",
                "{'TableName':'Music','Item':{'Artist':{'S':'a'},'Song':{'S':'b'},'Year':{'N':'1999.50'}}}"))
        .isEqualTo("{}");
    assertThat(
            call(
                "GetItem",
                "{'TableName':'Music','ConsistentRead':true,'ReturnConsumedCapacity':'TOTAL','Key':{'Artist':{'S':'a'},'Song':{'S':'b'}}}"))
        .isEqualTo(
            "{'Item':{'Artist':{'S':'a'},'Song':{'S':'b'},'Year':{'N':'1999.5'}},'ConsumedCapacity':{'TableName':'Music','CapacityUnits':1.0}}");
  }

  @Test
  void aFailedConditionShowsTheItemWhenAsked() throws Exception {
    createMusic();
    call("PutItem", "{'TableName':'Music','Item':{'Artist':{'S':'a'},'Song':{'S':'b'}}}");
    String answer =
        call(
            "PutItem",
            "{'TableName':'Music','Item':{'Artist':{'S':'a'},'Song':{'S':'b'}},'ConditionExpression':'attribute_not_exists(Artist)','ReturnValuesOnConditionCheckFailure':'ALL_OLD'}");
    assertThat(answer)
        .isEqualTo(
            "{'__type':'com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException','message':'The conditional request failed','Item':{'Artist':{'S':'a'},'Song':{'S':'b'}}}");
  }

  @Test
  void anUpdateReturnsWhatItChanged() throws Exception {
    createMusic();
    String update =
        "{'TableName':'Music','Key':{'Artist':{'S':'a'},'Song':{'S':'b'}},'UpdateExpression':'ADD Plays :one','ExpressionAttributeValues':{':one':{'N':'1'}},'ReturnValues':'UPDATED_NEW'}";
    assertThat(call("UpdateItem", update)).isEqualTo("{'Attributes':{'Plays':{'N':'1'}}}");
    assertThat(call("UpdateItem", update)).isEqualTo("{'Attributes':{'Plays':{'N':'2'}}}");
  }

  @Test
  void aQueryAnswersInTheOrderOfTheSortKeyPageByPage() throws Exception {
    createMusic();
    for (String song : new String[] {"c", "a", "b"}) {
      call(
          "PutItem",
          "{'TableName':'Music','Item':{'Artist':{'S':'x'},'Song':{'S':'" + song + "'}}}");
    }
    String query =
        "{'TableName':'Music','Limit':2,'KeyConditionExpression':'Artist = :a','ExpressionAttributeValues':{':a':{'S':'x'}},'ProjectionExpression':'Song'";
    assertThat(call("Query", query + "}"))
        .isEqualTo(
            "{'Items':[{'Song':{'S':'a'}},{'Song':{'S':'b'}}],'Count':2,'ScannedCount':2,'LastEvaluatedKey':{'Artist':{'S':'x'},'Song':{'S':'b'}}}");
    assertThat(call("Query", query + ",'ExclusiveStartKey':{'Artist':{'S':'x'},'Song':{'S':'b'}}}"))
        .isEqualTo("{'Items':[{'Song':{'S':'c'}}],'Count':1,'ScannedCount':1}");
    assertThat(call("Query", query + ",'ScanIndexForward':false}"))
        .startsWith("{'Items':[{'Song':{'S':'c'}},{'Song':{'S':'b'}}]");
  }

  @Test
  void batchesWriteAndRead() throws Exception {
    createMusic();
    assertThat(
            call(
                "BatchWriteItem",
                "{'RequestItems':{'Music':[{'PutRequest':{'Item':{'Artist':{'S':'a'},'Song':{'S':'1'}}}},{'PutRequest':{'Item':{'Artist':{'S':'a'},'Song':{'S':'2'}}}}]}}"))
        .isEqualTo("{'UnprocessedItems':{}}");
    assertThat(
            call(
                "BatchGetItem",
                "{'RequestItems':{'Music':{'Keys':[{'Artist':{'S':'a'},'Song':{'S':'1'}},{'Artist':{'S':'a'},'Song':{'S':'3'}}]}}}"))
        .isEqualTo(
            "{'Responses':{'Music':[{'Artist':{'S':'a'},'Song':{'S':'1'}}]},'UnprocessedKeys':{}}");
    assertThat(call("Scan", "{'TableName':'Music','Select':'COUNT'}"))
        .isEqualTo("{'Count':2,'ScannedCount':2}");
  }

  @Test
  void theStatusTellsOfGroupsAndOfIndexes() throws Exception {
    RegionStatus status = new RegionStatus("local", new Zones(Map.of(1, "a")), database);
    createMusic();
    assertThat(status.json())
        .startsWith("{\"region\":\"local\",\"nodes\":[{\"node\":1,")
        .contains("\"zone\":\"a\",\"peers\":[],\"groups\":", "\"repairs\":[],\"restores\":[]}")
        .endsWith("\"indexes\":[]}");
    call(
        "UpdateTable",
        "{'TableName':'Music','AttributeDefinitions':[{'AttributeName':'Song','AttributeType':'S'}],'GlobalSecondaryIndexUpdates':[{'Create':{'IndexName':'by-song','KeySchema':[{'AttributeName':'Song','KeyType':'HASH'}],'Projection':{'ProjectionType':'KEYS_ONLY'}}}]}");
    awaitDescribed("'IndexStatus':'ACTIVE'");
    assertThat(status.json())
        .containsPattern(
            "\"indexes\":\\[\\{\"group\":\\d+,\"table\":\\d+,\"filled\":1.000,\"backlog\":0}]}$");
  }

  private void createMusic() throws Exception {
    call(
        "CreateTable",
        "{'TableName':'Music','BillingMode':'PAY_PER_REQUEST','AttributeDefinitions':[{'AttributeName':'Artist','AttributeType':'S'},{'AttributeName':'Song','AttributeType':'S'}],'KeySchema':[{'AttributeName':'Artist','KeyType':'HASH'},{'AttributeName':'Song','KeyType':'RANGE'}]}");
    awaitDescribed("'TableStatus':'ACTIVE'");
  }

  private void awaitDescribed(String status) throws Exception {
    for (int i = 0; i < 10_000; i++) {
      if (call("DescribeTable", "{'TableName':'Music'}").contains(status)) {
        return;
      }
      environment.tasks().pause(Duration.ofMillis(1));
    }
    throw new AssertionError("the table is never described with " + status);
  }

  /// Single quotes stand for double quotes.
  private String call(String operation, String body) throws Exception {
    CompletableFuture<Response> reply = new CompletableFuture<>();
    database
        .dispatcher()
        .dispatch(operation, body.replace('\'', '"').getBytes(UTF_8), reply::complete);
    Response response = reply.get(10, TimeUnit.SECONDS);
    return new String(response.body(), 0, response.length(), UTF_8).replace('"', '\'');
  }
}
