package dev.evenkeel.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CreateTableTest {
  private static final String INVALID =
      "ValidationException: One or more parameter values were invalid: ";

  private final TestTables tables = new TestTables();

  @AfterEach
  void end() {
    tables.environment.close();
  }

  /// A request in short: keys and definitions such as `a:HASH b:RANGE` and `a:S b:N`.
  private static String request(String definitions, String keys, String rest) {
    return "{\"TableName\":\"abc\",\"AttributeDefinitions\":"
        + list(definitions, "AttributeType")
        + ",\"KeySchema\":"
        + list(keys, "KeyType")
        + (rest.isEmpty() ? "" : "," + rest)
        + "}";
  }

  private static String list(String parts, String second) {
    StringBuilder json = new StringBuilder("[");
    for (String part : parts.isEmpty() ? new String[0] : parts.split(" ", -1)) {
      String[] pair = part.split(":", -1);
      json.append(json.length() == 1 ? "" : ",")
          .append("{\"AttributeName\":\"")
          .append(pair[0])
          .append("\",\"")
          .append(second)
          .append("\":\"")
          .append(pair[1])
          .append("\"}");
    }
    return json.append(']').toString();
  }

  private static String index(String name, String keys, String projection) {
    return "{\"IndexName\":\""
        + name
        + "\",\"KeySchema\":"
        + list(keys, "KeyType")
        + ",\"Projection\":"
        + projection
        + "}";
  }

  private static final String ON_DEMAND = "\"BillingMode\":\"PAY_PER_REQUEST\"";
  private static final String ALL = "{\"ProjectionType\":\"ALL\"}";

  private String refusal(String definitions, String keys, String rest) {
    return tables.refusal("CreateTable", request(definitions, keys, rest));
  }

  private String indexRefusal(String... indexes) {
    return refusal(
        "a:S b:S",
        "a:HASH b:RANGE",
        ON_DEMAND + ",\"LocalSecondaryIndexes\":[" + String.join(",", indexes) + "]");
  }

  @Test
  void provisionedTableIsDescribed() {
    String answer =
        tables.call(
            "CreateTable",
            request(
                "a:S b:N c:B",
                "a:HASH b:RANGE",
                """
                "ProvisionedThroughput":{"ReadCapacityUnits":5,"WriteCapacityUnits":6},
                "LocalSecondaryIndexes":[%s],
                "StreamSpecification":{"StreamEnabled":false},"SSESpecification":{"Enabled":false},
                "TableClass":"STANDARD","DeletionProtectionEnabled":true,
                "Tags":[{"Key":"k","Value":"v"}]\
                """
                    .replace(
                        "%s",
                        index(
                            "byC",
                            "a:HASH c:RANGE",
                            "{\"ProjectionType\":\"INCLUDE\",\"NonKeyAttributes\":[\"x\"]}"))));
    assertThat(answer.replaceFirst("\"TableId\":\"[0-9a-f-]{36}\"", "\"TableId\":\"?\""))
        .isEqualTo(
            "{\"TableDescription\":{\"AttributeDefinitions\":[{\"AttributeName\":\"a\","
                + "\"AttributeType\":\"S\"},{\"AttributeName\":\"b\",\"AttributeType\":\"N\"},"
                + "{\"AttributeName\":\"c\",\"AttributeType\":\"B\"}],\"TableName\":\"abc\","
                + "\"KeySchema\":[{\"AttributeName\":\"a\",\"KeyType\":\"HASH\"},"
                + "{\"AttributeName\":\"b\",\"KeyType\":\"RANGE\"}],\"TableStatus\":\"CREATING\","
                + "\"CreationDateTime\":1700000000.000,\"ProvisionedThroughput\":"
                + "{\"NumberOfDecreasesToday\":0,\"ReadCapacityUnits\":5,\"WriteCapacityUnits\":6},"
                + "\"WarmThroughput\":{\"ReadUnitsPerSecond\":5,\"WriteUnitsPerSecond\":6,"
                + "\"Status\":\"CREATING\"},\"TableSizeBytes\":4000,\"ItemCount\":3,"
                + "\"TableArn\":\"arn:aws:dynamodb:local:000000000000:table/abc\","
                + "\"TableId\":\"?\",\"LocalSecondaryIndexes\":[{\"IndexName\":\"byC\","
                + "\"KeySchema\":[{\"AttributeName\":\"a\",\"KeyType\":\"HASH\"},"
                + "{\"AttributeName\":\"c\",\"KeyType\":\"RANGE\"}],\"Projection\":"
                + "{\"ProjectionType\":\"INCLUDE\",\"NonKeyAttributes\":[\"x\"]},"
                + "\"IndexSizeBytes\":10,\"ItemCount\":1,\"IndexArn\":"
                + "\"arn:aws:dynamodb:local:000000000000:table/abc/index/byC\"}],"
                + "\"TableClassSummary\":{\"TableClass\":\"STANDARD\"},"
                + "\"DeletionProtectionEnabled\":true}}");
    assertThat(tables.catalogue.named("abc").tags()).containsEntry("k", "v");
  }

  @Test
  void tableOnDemandIsDescribed() {
    String answer =
        tables.call(
            "CreateTable",
            request(
                "a:S",
                "a:HASH",
                ON_DEMAND
                    + ",\"OnDemandThroughput\":{\"MaxReadRequestUnits\":7},"
                    + "\"WarmThroughput\":{\"WriteUnitsPerSecond\":5000}"));
    assertThat(answer)
        .contains("\"BillingModeSummary\":{\"BillingMode\":\"PAY_PER_REQUEST\",\"LastUpdate")
        .contains("\"OnDemandThroughput\":{\"MaxReadRequestUnits\":7,\"MaxWriteRequestUnits\":-1}")
        .contains("\"ReadUnitsPerSecond\":12000,\"WriteUnitsPerSecond\":5000")
        .contains("\"ReadCapacityUnits\":0,\"WriteCapacityUnits\":0");
  }

  @Test
  void nameMayBeGivenAsAnArnOfThisRegion() {
    String body = request("a:S", "a:HASH", ON_DEMAND);
    assertThat(
            tables.call(
                "CreateTable",
                body.replace("\"abc\"", "\"arn:aws:dynamodb:local:000000000000:table/abc\"")))
        .contains("\"TableName\":\"abc\"");
    assertThat(
            tables.refusal(
                "CreateTable",
                body.replace("\"abc\"", "\"arn:aws:dynamodb:eu-west-1:1:table/abd\"")))
        .isEqualTo(
            "ValidationException: Invalid TableArn: Invalid ResourceArn provided as input"
                + " arn:aws:dynamodb:eu-west-1:1:table/abd");
    for (String name : new String[] {"", "ab", "a b c", "abc/index/abc", "a".repeat(256)}) {
      String arn = "arn:aws:dynamodb:local:000000000000:table/" + name;
      assertThat(tables.refusal("CreateTable", body.replace("\"abc\"", '"' + arn + '"')))
          .isEqualTo(
              "ValidationException: Invalid TableArn: Invalid ResourceArn provided as input "
                  + arn);
    }
  }

  @Test
  void aStreamThatIsOffHasNoView() {
    assertThat(
            refusal(
                "a:S",
                "a:HASH",
                ON_DEMAND
                    + ",\"StreamSpecification\":{\"StreamEnabled\":false,\"StreamViewType\":\"KEYS_ONLY\"}"))
        .isEqualTo(
            INVALID
                + "Table is being created with a stream disabled, UpdateViewType should not be"
                + " specified");
  }

  @Test
  void nameIsTakenWhileATableHasIt() {
    tables.create("abc");
    assertThat(refusal("a:S", "a:HASH", ON_DEMAND))
        .isEqualTo("ResourceInUseException: Table already exists: abc");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                  | ''                      | 1 validation error detected: Value '[]' at 'KeySchema' failed to satisfy constraint: Member must have length greater than or equal to 1
          ''                  | a:HASH a:HASH           | Invalid KeySchema: Some index key attribute have no definition
          a:S                 | a:HASH a:RANGE          | Invalid KeySchema: Some index key attribute have no definition
          b:S                 | a:HASH                  | One or more parameter values were invalid: Some index key attributes are not defined in AttributeDefinitions. Keys: [a], AttributeDefinitions: [b]
          a:S b:S             | a:HASH a:HASH           | Both the Hash Key and the Range Key element in the KeySchema have the same name
          a:S b:S             | a:HASH b:HASH           | Invalid KeySchema: The second KeySchemaElement is not a RANGE key type
          a:S b:S             | a:RANGE b:HASH          | Invalid KeySchema: The first KeySchemaElement is not a HASH key type
          a:S b:S             | a:HASH                  | One or more parameter values were invalid: Number of attributes in KeySchema does not exactly match number of attributes defined in AttributeDefinitions
          a:S a:N             | a:HASH                  | Attribute Name is duplicated: a
          a:SS                | a:HASH                  | 1 validation error detected: Value 'SS' at 'AttributeDefinitions.1.member.AttributeType' failed to satisfy constraint: Member must satisfy enum value set: [B, N, S]
          a:S b:S c:S         | a:HASH b:RANGE c:RANGE  | 1 validation error detected: Value '[KeySchemaElement(attributeName=a, keyType=HASH), KeySchemaElement(attributeName=b, keyType=RANGE), KeySchemaElement(attributeName=c, keyType=RANGE)]' at 'KeySchema' failed to satisfy constraint: Member must have length less than or equal to 2
          """)
  void keysAreCheckedAgainstTheirDefinitions(String definitions, String keys, String message) {
    assertThat(refusal(definitions, keys, ON_DEMAND)).isEqualTo("ValidationException: " + message);
  }

  @Test
  void keysAndDefinitionsMustBeGiven() {
    assertThat(tables.refusal("CreateTable", "{\"TableName\":\"abc\"}"))
        .isEqualTo(
            "ValidationException: 1 validation error detected: Value null at"
                + " 'AttributeDefinitions' failed to satisfy constraint: Member must not be null");
  }

  @Test
  void globalIndexErrorsAreNamedBeforeLocalOnes() {
    String both =
        "\"LocalSecondaryIndexes\":["
            + index("l1", "a:HASH b:RANGE", ALL)
            + "],\"GlobalSecondaryIndexes\":["
            + index("g1", "b:HASH", ALL)
            + "]";
    assertThat(refusal("a:S b:S", "a:HASH b:RANGE", both))
        .startsWith("ValidationException: 1 validation error detected: Value 'g1' at 'GlobalS");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "BillingMode":"PAY_PER_REQUEST","ProvisionedThroughput":{"ReadCapacityUnits":1,"WriteCapacityUnits":1} | One or more parameter values were invalid: Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST
          "BillingMode":"PROVISIONED" | One or more parameter values were invalid: ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is PROVISIONED
          "TableClass":"STANDARD" | No provisioned throughput specified for the table
          "ProvisionedThroughput":{"ReadCapacityUnits":1000000000001,"WriteCapacityUnits":1} | Given value 1000000000001 for ReadCapacityUnits is out of bounds
          "ProvisionedThroughput":{"ReadCapacityUnits":1000000000000,"WriteCapacityUnits":1000000000001} | Given value 1000000000001 for WriteCapacityUnits is out of bounds
          "ProvisionedThroughput":{"ReadCapacityUnits":0,"WriteCapacityUnits":1} | 1 validation error detected: Value '0' at 'ProvisionedThroughput.ReadCapacityUnits' failed to satisfy constraint: Member must have value greater than or equal to 1
          "BillingMode":"X" | 1 validation error detected: Value 'X' at 'BillingMode' failed to satisfy constraint: Member must satisfy enum value set: [PROVISIONED, PAY_PER_REQUEST]
          "ProvisionedThroughput":{"ReadCapacityUnits":1,"WriteCapacityUnits":1},"OnDemandThroughput":{"MaxReadRequestUnits":1} | One or more parameter values were invalid: Neither MaxReadRequestUnits nor MaxWriteRequestUnits can be specified when BillingMode is PROVISIONED
          "BillingMode":"PAY_PER_REQUEST","OnDemandThroughput":{"MaxReadRequestUnits":-1} | One or more parameter values were invalid: MaxReadRequestUnits must be greater than or equal to 1. Requested value: -1
          "BillingMode":"PAY_PER_REQUEST","WarmThroughput":{"ReadUnitsPerSecond":11999} | One or more parameter values were invalid: Requested ReadUnitsPerSecond for WarmThroughput for table is lower than current WarmThroughput, decreasing WarmThroughput is not supported
          """)
  void capacityIsChecked(String rest, String message) {
    assertThat(refusal("a:S", "a:HASH", rest)).isEqualTo("ValidationException: " + message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "VectorIndexes":[{"IndexName":"vec","VectorAttribute":{"AttributeName":"v"},"Projection":{"ProjectionType":"ALL"},"Dimensions":3,"DistanceFunction":"COSINE"}] | VectorIndexes
          "SSESpecification":{"Enabled":true} | SSESpecification with a key of a key service
          "SSESpecification":{"SSEType":"KMS"} | SSESpecification with a key of a key service
          "ResourcePolicy":"{}" | ResourcePolicy
          "GlobalTableSourceArn":"arn:x" | GlobalTableSourceArn
          "GlobalTableSettingsReplicationMode":"ENABLED" | GlobalTableSettingsReplicationMode
          """)
  void absentFeaturesAreRefusedByName(String rest, String feature) {
    assertThat(refusal("a:S", "a:HASH", ON_DEMAND + "," + rest))
        .isEqualTo(
            "ValidationException: " + feature + " is not supported by this version of Evenkeel");
    assertThat(tables.catalogue.tables()).isEmpty();
  }

  @Test
  void localIndexesAreChecked() {
    String list = ON_DEMAND + ",\"LocalSecondaryIndexes\":";
    assertThat(refusal("a:S b:S", "a:HASH", list + "[]"))
        .isEqualTo(INVALID + "List of LocalSecondaryIndexes is empty");
    assertThat(refusal("a:S b:S", "a:HASH", list + "[" + index("abc", "c:RANGE", "{}") + "]"))
        .isEqualTo(
            INVALID
                + "Table KeySchema does not have a range key, which is required when specifying a"
                + " LocalSecondaryIndex");
    assertThat(indexRefusal(index("abc", "c:RANGE d:RANGE", "{}")))
        .isEqualTo(
            INVALID
                + "Some index key attributes are not defined in AttributeDefinitions. Keys: [c, d],"
                + " AttributeDefinitions: [a, b]");
    assertThat(indexRefusal(index("abc", "a:RANGE", "{}")))
        .isEqualTo(
            "ValidationException: Invalid KeySchema: The first KeySchemaElement is not a HASH key"
                + " type");
    assertThat(indexRefusal(index("abc", "a:HASH a:RANGE", "{}")))
        .isEqualTo(
            "ValidationException: Both the Hash Key and the Range Key element in the KeySchema have"
                + " the same name");
    assertThat(indexRefusal(index("abc", "b:HASH", "{}")))
        .isEqualTo(INVALID + "Index KeySchema does not have a range key for index: abc");
    assertThat(indexRefusal(index("abc", "b:HASH a:RANGE", "{}")))
        .isEqualTo(
            INVALID
                + "Index KeySchema does not have the same leading hash key as table KeySchema for"
                + " index: abc. index hash key: b, table hash key: a");
  }

  @Test
  void projectionsAreChecked() {
    assertThat(indexRefusal(index("abc", "a:HASH b:RANGE", "{}")))
        .isEqualTo(INVALID + "Unknown ProjectionType: null");
    for (String type : new String[] {"ALL", "KEYS_ONLY"}) {
      String projection = "{\"ProjectionType\":\"" + type + "\",\"NonKeyAttributes\":[\"a\"]}";
      assertThat(indexRefusal(index("abc", "a:HASH b:RANGE", projection)))
          .isEqualTo(INVALID + "ProjectionType is " + type + ", but NonKeyAttributes is specified");
    }
    assertThat(indexRefusal(index("abc", "a:HASH b:RANGE", "{\"ProjectionType\":\"INCLUDE\"}")))
        .isEqualTo(INVALID + "ProjectionType is INCLUDE, but NonKeyAttributes is not specified");
    String twice = "{\"ProjectionType\":\"INCLUDE\",\"NonKeyAttributes\":[\"c\",\"c\"]}";
    assertThat(indexRefusal(index("abc", "a:HASH b:RANGE", twice)))
        .isEqualTo("ValidationException: Cannot have two attributes with the same name");
  }

  @Test
  void indexNamesAreUniqueAndFew() {
    String one = index("abc", "a:HASH b:RANGE", ALL);
    assertThat(indexRefusal(one, one)).isEqualTo(INVALID + "Duplicate index name: abc");
    String[] six = new String[6];
    for (int i = 0; i < six.length; i++) {
      six[i] = index("ab" + i, "a:HASH b:RANGE", ALL);
    }
    assertThat(indexRefusal(six))
        .isEqualTo(INVALID + "Number of LocalSecondaryIndexes exceeds per-table limit of 5");
  }

  @Test
  void unusedDefinitionsAreRefusedBesideIndexes() {
    assertThat(
            refusal(
                "a:S b:S c:S",
                "a:HASH b:RANGE",
                ON_DEMAND
                    + ",\"LocalSecondaryIndexes\":["
                    + index("abc", "a:HASH b:RANGE", ALL)
                    + "]"))
        .isEqualTo(
            INVALID
                + "Some AttributeDefinitions are not used. AttributeDefinitions: [a, b, c], keys"
                + " used: [a, b]");
  }
}
