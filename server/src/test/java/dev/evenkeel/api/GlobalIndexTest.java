package dev.evenkeel.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Global secondary indexes through the API: made with the table or later, read, removed.
final class GlobalIndexTest {
  private static final String INVALID =
      "ValidationException: One or more parameter values were invalid: ";

  @RegisterExtension final TestDatabase database = new TestDatabase();

  private static String key(String attributes) {
    StringBuilder schema = new StringBuilder();
    for (String attribute : attributes.split(" ", -1)) {
      String[] part = attribute.split("/", -1);
      schema
          .append(schema.isEmpty() ? "" : ",")
          .append("{'AttributeName':'")
          .append(part[0])
          .append("','KeyType':'")
          .append(part[1].equals("h") ? "HASH" : "RANGE")
          .append("'}");
    }
    return "'KeySchema':[" + schema + "]";
  }

  private static String index(String name, String attributes, String projection) {
    return "{'IndexName':'"
        + name
        + "',"
        + key(attributes)
        + ",'Projection':{'ProjectionType':"
        + projection
        + "}}";
  }

  private static String definitions(String attributes) {
    StringBuilder all = new StringBuilder();
    for (String attribute : attributes.split(" ", -1)) {
      String[] part = attribute.split(":", -1);
      all.append(all.isEmpty() ? "" : ",")
          .append("{'AttributeName':'")
          .append(part[0])
          .append("','AttributeType':'")
          .append(part[1])
          .append("'}");
    }
    return "'AttributeDefinitions':[" + all + "]";
  }

  private void create(String definitions, String... indexes) {
    database.ok(
        "CreateTable",
        "'BillingMode':'PAY_PER_REQUEST',"
            + definitions(definitions)
            + ","
            + key("pk/h")
            + ",'GlobalSecondaryIndexes':["
            + String.join(",", indexes)
            + "]");
    database.awaitDescribed("'TableStatus':'ACTIVE'");
  }

  private void put(String attributes) {
    database.ok("PutItem", "'Item':{" + attributes + "}");
  }

  private static String query(String index, String condition, String values) {
    return "'IndexName':'"
        + index
        + "','KeyConditionExpression':'"
        + condition
        + "','ExpressionAttributeValues':{"
        + values
        + "}";
  }

  private static String items(int count, String items) {
    return "{'Items':[" + items + "],'Count':" + count + ",'ScannedCount':" + count + "}";
  }

  @Test
  void entriesComeGoAndMoveWithTheirItems() {
    create("pk:S g:S", index("by-g", "g/h", "'ALL'"));
    put("'pk':{'S':'1'},'g':{'S':'a'},'v':{'S':'x'}");
    put("'pk':{'S':'2'},'g':{'S':'a'}");
    put("'pk':{'S':'3'},'v':{'S':'in no index'}");
    String both = query("by-g", "g = :g", "':g':{'S':'a'}");
    database.awaitAnswer(
        "Query",
        both + ",'Limit':1,'Select':'COUNT'",
        "{'Count':1,'ScannedCount':1,'LastEvaluatedKey':{'g':{'S':'a'},'pk':{'S':'1'}}}");
    database.awaitAnswer("Query", both + ",'Select':'COUNT'", "{'Count':2,'ScannedCount':2}");
    database.ok(
        "UpdateItem",
        "'Key':{'pk':{'S':'1'}},'UpdateExpression':'SET g = :b','ExpressionAttributeValues':{':b':{'S':'b'}}");
    database.ok("DeleteItem", "'Key':{'pk':{'S':'2'}}");
    database.awaitAnswer("Query", both, items(0, ""));
    database.awaitAnswer(
        "Query",
        query("by-g", "g = :g", "':g':{'S':'b'}"),
        items(1, "{'g':{'S':'b'},'pk':{'S':'1'},'v':{'S':'x'}}"));
    assertThat(database.ok("Scan", "'IndexName':'by-g'"))
        .isEqualTo(items(1, "{'g':{'S':'b'},'pk':{'S':'1'},'v':{'S':'x'}}"));
  }

  @Test
  void aPageGoesOnWhereTheLastOneEnded() {
    create("pk:S g:S s:N", index("by-g", "g/h s/r", "'KEYS_ONLY'"));
    for (int i = 0; i < 5; i++) {
      put("'pk':{'S':'" + i + "'},'g':{'S':'a'},'s':{'N':'7'}");
    }
    String all = query("by-g", "g = :g AND s BETWEEN :s AND :s", "':g':{'S':'a'},':s':{'N':'7'}");
    database.awaitAnswer("Query", all + ",'Select':'COUNT'", "{'Count':5,'ScannedCount':5}");
    String start = ",'ExclusiveStartKey':{'g':{'S':'a'},'s':{'N':'7'},'pk':{'S':'2'}}";
    assertThat(database.ok("Query", all + start))
        .isEqualTo(
            items(
                2,
                "{'g':{'S':'a'},'pk':{'S':'3'},'s':{'N':'7'}},{'g':{'S':'a'},'pk':{'S':'4'},'s':{'N':'7'}}"));
    assertThat(database.ok("Query", all + start + ",'ScanIndexForward':false,'Select':'COUNT'"))
        .isEqualTo("{'Count':2,'ScannedCount':2}");
    assertThat(database.refusal("Query", all + ",'ExclusiveStartKey':{'g':{'S':'a'}}"))
        .isEqualTo("ValidationException: The provided starting key is invalid");
  }

  @Test
  void keysOfSeveralAttributesAreGivenFromLeftToRight() {
    create(
        "pk:S a:S b:N c:S d:N",
        index("wide", "a/h b/h c/r d/r", "'INCLUDE','NonKeyAttributes':['v']"));
    put(
        "'pk':{'S':'1'},'a':{'S':'x'},'b':{'N':'1'},'c':{'S':'m'},'d':{'N':'5'},'v':{'S':'!'},'w':{'S':'?'}");
    put("'pk':{'S':'2'},'a':{'S':'x'},'b':{'N':'1'},'c':{'S':'n'},'d':{'N':'4'}");
    put("'pk':{'S':'3'},'a':{'S':'x'},'b':{'N':'2'},'c':{'S':'m'},'d':{'N':'5'}");
    put("'pk':{'S':'4'},'a':{'S':'x'},'b':{'N':'1'},'c':{'S':'m'}");
    String values = "':a':{'S':'x'},':b':{'N':'1'}";
    database.awaitAnswer(
        "Query",
        query("wide", "a = :a AND b = :b", values) + ",'Select':'COUNT'",
        "{'Count':2,'ScannedCount':2}");
    assertThat(
            database.ok(
                "Query",
                query(
                    "wide",
                    "a = :a AND b = :b AND c = :c AND d > :d",
                    values + ",':c':{'S':'m'},':d':{'N':'4'}")))
        .isEqualTo(
            items(
                1,
                "{'a':{'S':'x'},'b':{'N':'1'},'c':{'S':'m'},'d':{'N':'5'},'pk':{'S':'1'},'v':{'S':'!'}}"));
    assertThat(database.refusal("Query", query("wide", "a = :a", "':a':{'S':'x'}")))
        .isEqualTo("ValidationException: Query condition missed key schema element: b");
    assertThat(
            database.refusal(
                "Query", query("wide", "a = :a AND b = :b AND d = :d", values + ",':d':{'N':'4'}")))
        .isEqualTo("ValidationException: Query condition missed key schema element: c");
    assertThat(
            database.refusal(
                "Query",
                query(
                    "wide",
                    "a = :a AND b = :b AND c > :c AND d = :d",
                    values + ",':c':{'S':'m'},':d':{'N':'4'}")))
        .isEqualTo("ValidationException: Query key condition not supported");
  }

  @Test
  void readsThatAnIndexCannotAnswerAreRefused() {
    create("pk:S g:S", index("by-g", "g/h", "'KEYS_ONLY'"));
    String all = query("by-g", "g = :g", "':g':{'S':'a'}");
    assertThat(database.refusal("Query", all + ",'ConsistentRead':true"))
        .isEqualTo(
            "ValidationException: Consistent reads are not supported on global secondary indexes");
    assertThat(database.refusal("Query", all + ",'Select':'ALL_ATTRIBUTES'"))
        .isEqualTo(
            INVALID
                + "Select type ALL_ATTRIBUTES is not supported for global secondary index by-g"
                + " because its projection type is not ALL");
    assertThat(database.refusal("Query", all + ",'ProjectionExpression':'v'"))
        .isEqualTo(INVALID + "Global secondary index by-g does not project [v]");
    assertThat(database.refusal("Scan", "'IndexName':'none'"))
        .isEqualTo("ValidationException: The table does not have the specified index: none");
  }

  @Test
  void attributesThatCannotBeKeysAreRefusedInWrites() {
    create("pk:S g:S", index("by-g", "g/h", "'ALL'"));
    assertThat(database.refusal("PutItem", "'Item':{'pk':{'S':'1'},'g':{'N':'1'}}"))
        .isEqualTo(INVALID + "Type mismatch for Index Key g Expected: S Actual: N IndexName: by-g");
    assertThat(
            database.refusal(
                "UpdateItem",
                "'Key':{'pk':{'S':'1'}},'UpdateExpression':'SET g = :n','ExpressionAttributeValues':{':n':{'N':'1'}}"))
        .isEqualTo(INVALID + "Type mismatch for Index Key g Expected: S Actual: N IndexName: by-g");
    assertThat(
            database.refusal(
                "BatchWriteItem",
                "{'RequestItems':{'Tab':[{'PutRequest':{'Item':{'pk':{'S':'1'},'g':{'S':''}}}}]}}"))
        .isEqualTo(
            "ValidationException: One or more parameter values are not valid. A value specified for"
                + " a secondary index key is not supported. The AttributeValue for a key attribute"
                + " cannot contain an empty string value. IndexName: by-g, IndexKey: g");
  }

  @Test
  void writesAreChargedForTheIndexesThatTheyChange() {
    create("pk:S g:S", index("all", "g/h", "'ALL'"), index("keys", "g/h", "'KEYS_ONLY'"));
    String asked = ",'ReturnConsumedCapacity':'INDEXES'";
    assertThat(
            database.ok("PutItem", "'Item':{'pk':{'S':'1'},'g':{'S':'a'},'v':{'S':'x'}}" + asked))
        .isEqualTo(
            "{'ConsumedCapacity':{'TableName':'Tab','CapacityUnits':3.0,'Table':{'CapacityUnits':1.0},"
                + "'GlobalSecondaryIndexes':{'all':{'CapacityUnits':1.0},'keys':{'CapacityUnits':1.0}}}}");
    assertThat(
            database.ok("PutItem", "'Item':{'pk':{'S':'1'},'g':{'S':'a'},'v':{'S':'y'}}" + asked))
        .isEqualTo(
            "{'ConsumedCapacity':{'TableName':'Tab','CapacityUnits':2.0,'Table':{'CapacityUnits':1.0},"
                + "'GlobalSecondaryIndexes':{'all':{'CapacityUnits':1.0}}}}");
    assertThat(
            database.ok("PutItem", "'Item':{'pk':{'S':'1'},'g':{'S':'b'},'v':{'S':'y'}}" + asked))
        .contains("'keys':{'CapacityUnits':2.0}");
    assertThat(database.ok("Query", query("keys", "g = :g", "':g':{'S':'zz'}") + asked))
        .contains(
            "'Table':{'CapacityUnits':0.0},'GlobalSecondaryIndexes':{'keys':{'CapacityUnits':0.5}}");
  }

  @Test
  void indexIsMadeFilledAndRemovedWhileItsTableServes() {
    database.create("Tab", "pk:S");
    for (int i = 0; i < 30; i++) {
      put("'pk':{'S':'" + i + "'},'g':{'S':'" + i % 3 + "'}");
    }
    put("'pk':{'S':'odd'},'g':{'N':'1'}");
    String update =
        definitions("g:S")
            + ",'GlobalSecondaryIndexUpdates':[{'Create':"
            + index("late", "g/h", "'ALL'")
            + "}]";
    assertThat(database.ok("UpdateTable", update))
        .contains("'TableStatus':'UPDATING'")
        .contains("'IndexStatus':'CREATING','Backfilling':false");
    put("'pk':{'S':'30'},'g':{'S':'0'}");
    database.awaitDescribed("'IndexStatus':'ACTIVE'");
    database.awaitAnswer(
        "Query",
        query("late", "g = :g", "':g':{'S':'0'}") + ",'Select':'COUNT'",
        "{'Count':11,'ScannedCount':11}");
    database.awaitAnswer(
        "Scan", "'IndexName':'late','Select':'COUNT'", "{'Count':31,'ScannedCount':31}");
    assertThat(database.refusal("UpdateTable", update))
        .isEqualTo("ValidationException: Attempting to create an index which already exists");
    assertThat(
            database.ok(
                "UpdateTable", "'GlobalSecondaryIndexUpdates':[{'Delete':{'IndexName':'late'}}]"))
        .contains("'IndexStatus':'DELETING'");
    database.awaitDescribed("'TableStatus':'ACTIVE'");
    assertThat(database.ok("DescribeTable", ""))
        .doesNotContain("GlobalSecondaryIndexes")
        .contains("'AttributeDefinitions':[{'AttributeName':'pk','AttributeType':'S'}]");
    assertThat(database.refusal("Scan", "'IndexName':'late'"))
        .isEqualTo("ValidationException: The table does not have the specified index: late");
    put("'pk':{'S':'odd'},'g':{'N':'2'}");
  }

  @Test
  void indexesAreChangedOneAtATime() {
    create("pk:S g:S", index("by-g", "g/h", "'ALL'"));
    String limit =
        "LimitExceededException: Subscriber limit exceeded: Only 1 online index can be created or"
            + " deleted simultaneously per table";
    assertThat(
            database.refusal(
                "UpdateTable",
                "'GlobalSecondaryIndexUpdates':[{'Delete':{'IndexName':'by-g'}},{'Create':"
                    + index("late", "g/h", "'ALL'")
                    + "}]"))
        .isEqualTo(limit);
    assertThat(
            database.refusal(
                "UpdateTable", "'GlobalSecondaryIndexUpdates':[{'Delete':{'IndexName':'none'}}]"))
        .isEqualTo("ResourceNotFoundException: Requested resource not found");
    assertThat(database.refusal("UpdateTable", "'GlobalSecondaryIndexUpdates':[{}]"))
        .startsWith(INVALID + "One of GlobalSecondaryIndexUpdate.Update,");
  }

  @Test
  void aTypeThatIsDefinedOtherwiseCountsOnlyForTheIndexThatIsMade() {
    create("pk:S g:S", index("byG", "g/h", "'ALL'"));
    String late = "'GlobalSecondaryIndexUpdates':[{'Create':%s}],";
    assertThat(
            database.refusal(
                "UpdateTable",
                late.formatted(index("late", "x/h g/r", "'ALL'")) + definitions("pk:N g:N x:B")))
        .isEqualTo(
            INVALID
                + "Attributes cannot be redefined. Please check that your attribute has the same"
                + " type as previously defined. Existing schema: Schema:[SchemaElement:"
                + " key{x:B:HASH}, SchemaElement: key{g:S:RANGE}] New schema:"
                + " Schema:[SchemaElement: key{x:B:HASH}, SchemaElement: key{g:N:RANGE}]");
    database.ok(
        "UpdateTable", late.formatted(index("late", "x/h", "'ALL'")) + definitions("pk:N g:N x:B"));
    assertThat(database.ok("DescribeTable", ""))
        .contains(definitions("pk:S g:S x:B"))
        .contains("'IndexName':'late'");
    put("'pk':{'S':'1'},'g':{'S':'1'},'x':{'B':'AQ=='}");
  }

  @Test
  void anIndexIsDescribed() {
    create("pk:S g:S s:N", index("by-g", "g/h s/r", "'INCLUDE','NonKeyAttributes':['v']"));
    assertThat(database.ok("DescribeTable", ""))
        .contains(
            "'GlobalSecondaryIndexes':[{'IndexName':'by-g',"
                + key("g/h s/r")
                + ",'Projection':{'ProjectionType':'INCLUDE','NonKeyAttributes':['v']},"
                + "'IndexStatus':'ACTIVE','ProvisionedThroughput':{'NumberOfDecreasesToday':0,"
                + "'ReadCapacityUnits':0,'WriteCapacityUnits':0},'WarmThroughput':{"
                + "'ReadUnitsPerSecond':12000,'WriteUnitsPerSecond':4000,'Status':'ACTIVE'},"
                + "'IndexSizeBytes':0,'ItemCount':0,"
                + "'IndexArn':'arn:aws:dynamodb:local:000000000000:table/Tab/index/by-g'}]");
    put("'pk':{'S':'1'},'g':{'S':'a'},'s':{'N':'1'},'w':{'S':'not projected'}");
    database.awaitDescribed("'IndexSizeBytes':8,'ItemCount':1,'IndexArn'");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          pk:S g:S | {'IndexName':'abc','KeySchema':[{'AttributeName':'x','KeyType':'HASH'}],'Projection':{'ProjectionType':'ALL'}} | Some index key attributes are not defined in AttributeDefinitions. Keys: [x], AttributeDefinitions: [pk, g]
          pk:S g:S | {'IndexName':'abc','KeySchema':[{'AttributeName':'pk','KeyType':'HASH'}],'Projection':{'ProjectionType':'ALL'}} | Some AttributeDefinitions are not used. AttributeDefinitions: [pk, g], keys used: [pk]
          pk:S g:S | {'IndexName':'abc','KeySchema':[{'AttributeName':'g','KeyType':'HASH'}],'Projection':{'ProjectionType':'INCLUDE'}} | ProjectionType is INCLUDE, but NonKeyAttributes is not specified
          pk:S g:S | {'IndexName':'abc','KeySchema':[{'AttributeName':'g','KeyType':'HASH'}],'Projection':{'ProjectionType':'ALL'},'ProvisionedThroughput':{'ReadCapacityUnits':1,'WriteCapacityUnits':1}} | ProvisionedThroughput should not be specified for index: abc when BillingMode is PAY_PER_REQUEST
          pk:S g:S | {'IndexName':'abc','KeySchema':[{'AttributeName':'g','KeyType':'HASH'},{'AttributeName':'pk','KeyType':'RANGE'},{'AttributeName':'g','KeyType':'HASH'}],'Projection':{'ProjectionType':'ALL'}} | All HASH key attributes must precede RANGE key attributes in the KeySchema
          pk:S | | List of GlobalSecondaryIndexes is empty
          """)
  void tablesWithUnsoundIndexesAreRefused(String definitions, String index, String problem) {
    assertThat(
            database.refusal(
                "CreateTable",
                "'BillingMode':'PAY_PER_REQUEST',"
                    + definitions(definitions)
                    + ","
                    + key("pk/h")
                    + ",'GlobalSecondaryIndexes':["
                    + (index == null ? "" : index)
                    + "]"))
        .isEqualTo(INVALID + problem);
  }
}
