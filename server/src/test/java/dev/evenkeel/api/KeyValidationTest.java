package dev.evenkeel.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.model.Limits;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What keys must be, by the table's schema.
final class KeyValidationTest {
  private static final String KEY = "'Key':{'h':{'S':'a'},'r':{'B':'AQ=='}}";

  @RegisterExtension final TestDatabase database = new TestDatabase();

  @BeforeEach
  void createTable() {
    database.create("Tab", "h:S r:B", "byN n:N ALL", "byS s:S ALL");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          {}                                  | One or more parameter values were invalid: Missing the key h in the item
          {'h':{'S':'a'}}                     | One or more parameter values were invalid: Missing the key r in the item
          {'h':{'N':'1'},'r':{'B':'AQ=='}}    | One or more parameter values were invalid: Type mismatch for key h expected: S actual: N
          {'h':{'S':'a'},'r':{'S':'a'}}       | One or more parameter values were invalid: Type mismatch for key r expected: B actual: S
          {'h':{'S':''},'r':{'B':'AQ=='}}     | One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value. Key: h
          {'h':{'S':'a'},'r':{'B':''}}        | One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty binary value. Key: r
          {'h':{'S':'a'},'r':{'B':'AQ=='},'n':{'S':'1'}} | One or more parameter values were invalid: Type mismatch for Index Key n Expected: N Actual: S IndexName: byN
          {'h':{'S':'a'},'r':{'B':'AQ=='},'s':{'S':''}}  | One or more parameter values are not valid. A value specified for a secondary index key is not supported. The AttributeValue for a key attribute cannot contain an empty string value. IndexName: byS, IndexKey: s
          """)
  void itemsMustHaveTheKeysOfTheSchema(String item, String message) {
    assertThat(database.refusal("PutItem", "'Item':" + item))
        .isEqualTo("ValidationException: " + message);
    assertThat(
            database.refusal(
                "BatchWriteItem",
                "{'RequestItems':{'Tab':[{'PutRequest':{'Item':" + item + "}}]}}"))
        .isEqualTo("ValidationException: " + message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          {}                                  | The provided key element does not match the schema
          {'h':{'S':'a'}}                     | The provided key element does not match the schema
          {'h':{'S':'a'},'x':{'B':'AQ=='}}    | The provided key element does not match the schema
          {'h':{'S':'a'},'r':{'B':'AQ=='},'x':{'S':'a'}} | The provided key element does not match the schema
          {'h':{'S':'a'},'r':{'N':'1'}}       | The provided key element does not match the schema
          {'h':{'S':''},'r':{'B':'AQ=='}}     | One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value. Key: h
          """)
  void keysMustBeExactlyThoseOfTheSchema(String key, String message) {
    for (String operation : new String[] {"GetItem", "UpdateItem", "DeleteItem"}) {
      assertThat(database.refusal(operation, "'Key':" + key))
          .as(operation)
          .isEqualTo("ValidationException: " + message);
    }
    assertThat(database.refusal("BatchGetItem", "{'RequestItems':{'Tab':{'Keys':[" + key + "]}}}"))
        .isEqualTo("ValidationException: " + message);
  }

  @Test
  void keysHaveTheirLongestLengths() {
    database.create("Strings", "h:S r:S", "byS s:S KEYS_ONLY");
    String longest = "x".repeat(Limits.PARTITION_KEY_BYTES_MAX);
    String longestSort = "x".repeat(Limits.SORT_KEY_BYTES_MAX);
    put(longest, longestSort, longestSort, null);
    put(
        longest + "x",
        "r",
        "s",
        "One or more parameter values were invalid: Size of hashkey has exceeded the maximum size limit of2048 bytes");
    String sort =
        "One or more parameter values were invalid: Aggregated size of all range keys has exceeded the size limit of 1024 bytes";
    put("h", longestSort + "x", "s", sort);
    put("h", "r", longestSort + "x", sort);
    put("é".repeat(Limits.PARTITION_KEY_BYTES_MAX / 2), "r", "s", null);
  }

  private void put(String partition, String sort, String indexSort, @Nullable String message) {
    String request =
        "{'TableName':'Strings','Item':{'h':{'S':'%s'},'r':{'S':'%s'},'s':{'S':'%s'}}}"
            .formatted(partition, sort, indexSort);
    if (message == null) {
      database.ok("PutItem", request);
    } else {
      assertThat(database.refusal("PutItem", request)).isEqualTo("ValidationException: " + message);
    }
  }

  @Test
  void anUpdateDoesNotGiveAnIndexAnUnfitKey() {
    String update =
        "'Key':{'h':{'S':'a'},'r':{'B':'AQ=='}},'UpdateExpression':'SET n = :v','ExpressionAttributeValues':{':v':{'S':'x'}}";
    assertThat(database.refusal("UpdateItem", update))
        .isEqualTo(
            "ValidationException: One or more parameter values were invalid: Type mismatch for Index Key n Expected: N Actual: S IndexName: byN");
    String empty =
        "'Key':{'h':{'S':'a'},'r':{'B':'AQ=='}},'UpdateExpression':'SET s = :v','ExpressionAttributeValues':{':v':{'S':''}},'TableName':'Empty'";
    database.create("Empty", "h:S r:B", "byS s:S ALL", "alsoByS s:S KEYS_ONLY");
    assertThat(database.refusal("UpdateItem", "{" + empty + "}"))
        .isEqualTo(
            "ValidationException: One or more parameter values are not valid. The update expression"
                + " attempted to update a secondary index key to a value that is not supported. The"
                + " AttributeValue for a key attribute cannot contain an empty string value.");
    assertThat(database.refusal("UpdateItem", "{" + empty.replace("{'S':''}", "{'N':'1'}") + "}"))
        .endsWith("Type mismatch for Index Key s Expected: S Actual: N IndexName: alsoByS");
    assertThat(database.ok("Scan", "")).contains("'Count':0");
  }

  @Test
  void nothingLooksBelowAKey() {
    String scalars =
        "ValidationException: Key attributes must be scalars; list random access '[]' and map lookup"
            + " '.' are not allowed: ";
    String projection = "'ProjectionExpression':'%s'";
    for (String path : new String[] {"h.a", "h[0]", "x, h.a"}) {
      String below = projection.formatted(path);
      assertThat(database.refusal("GetItem", KEY + "," + below)).isEqualTo(scalars + "Key: h");
      assertThat(database.refusal("Scan", below)).isEqualTo(scalars + "Key: h");
      assertThat(
              database.refusal(
                  "BatchGetItem",
                  "{'RequestItems':{'Tab':{'Keys':[" + KEY.substring(6) + "]," + below + "}}}"))
          .isEqualTo(scalars + "Key: h");
    }
    String query =
        "'KeyConditionExpression':'h = :h','ExpressionAttributeValues':{':h':{'S':'a'}},";
    assertThat(database.refusal("Query", query + projection.formatted("n.a")))
        .isEqualTo(scalars + "IndexKey: n");
    assertThat(database.refusal("Scan", "'FilterExpression':'attribute_exists(n[1])'"))
        .isEqualTo(scalars + "IndexKey: n");
  }

  @Test
  void numbersAreEqualKeysWhenTheirValuesAre() {
    database.create("Numbers", "h:N");
    database.ok("PutItem", "{'TableName':'Numbers','Item':{'h':{'N':'1.0'},'x':{'S':'a'}}}");
    assertThat(database.ok("GetItem", "{'TableName':'Numbers','Key':{'h':{'N':'10e-1'}}}"))
        .isEqualTo("{'Item':{'h':{'N':'1'},'x':{'S':'a'}}}");
  }
}
