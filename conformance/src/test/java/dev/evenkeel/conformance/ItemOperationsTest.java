package dev.evenkeel.conformance;

import static dev.evenkeel.conformance.Values.item;
import static dev.evenkeel.conformance.Values.n;
import static dev.evenkeel.conformance.Values.s;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ItemOperationsTest {
  private final DynamoDbClient ddb = Clients.SYNC;
  private TestTable table = new TestTable(ddb, "");

  @BeforeAll
  void createTable() {
    table = TestTable.simple();
  }

  @AfterAll
  void deleteTable() {
    table.close();
  }

  @Test
  void everyTypeComesBackAsItWent() {
    Map<String, AttributeValue> item = item("p", "types");
    item.put("string", s("Ünïcodé ✓ \uD83D\uDEA2 \" \\ \u0000\n"));
    item.put("empty", s(""));
    item.put("number", n("-0.00000000000000000000000000000000000012345678901234567890123456789"));
    item.put("large", n("99999999999999999999999999999999999999"));
    item.put("binary", AttributeValue.fromB(SdkBytes.fromByteArray(new byte[] {0, -1, 127})));
    item.put("no bytes", AttributeValue.fromB(SdkBytes.fromByteArray(new byte[0])));
    item.put("bool", AttributeValue.fromBool(true));
    item.put("null", AttributeValue.fromNul(true));
    item.put("list", AttributeValue.fromL(List.of(s("a"), n(1), AttributeValue.fromL(List.of()))));
    item.put("map", AttributeValue.fromM(Map.of("deep", AttributeValue.fromM(item("x", 1)))));
    table.put(item);

    Map<String, AttributeValue> back = table.get(item("p", "types"));

    assertThat(back.keySet()).isEqualTo(item.keySet());
    item.remove("number");
    assertThat(back).containsAllEntriesOf(item);
    assertThat(Values.get(back, "number").n())
        .isEqualTo("-0.00000000000000000000000000000000000012345678901234567890123456789");
  }

  @Test
  void setsComeBackWithTheirElements() {
    Map<String, AttributeValue> item = item("p", "sets");
    item.put("strings", AttributeValue.fromSs(List.of("b", "a")));
    item.put("numbers", AttributeValue.fromNs(List.of("2", "10", "-1")));
    item.put(
        "binaries",
        AttributeValue.fromBs(List.of(SdkBytes.fromUtf8String("y"), SdkBytes.fromUtf8String("x"))));
    table.put(item);

    Map<String, AttributeValue> back = table.get(item("p", "sets"));

    assertThat(Values.get(back, "strings").ss()).containsExactlyInAnyOrder("a", "b");
    assertThat(Values.get(back, "numbers").ns()).containsExactlyInAnyOrder("2", "10", "-1");
    assertThat(Values.get(back, "binaries").bs()).hasSize(2);
  }

  @Test
  void missingItemIsNoItem() {
    assertThat(ddb.getItem(r -> r.tableName(table.name()).key(item("p", "none"))).hasItem())
        .isFalse();
  }

  @Test
  void putAnswersTheOldItem() {
    table.put(item("p", "old", "v", 1));
    assertThat(
            ddb.putItem(r ->
                    r.tableName(table.name())
                        .item(item("p", "old", "v", 2))
                        .returnValues(ReturnValue.ALL_OLD))
                .attributes())
        .isEqualTo(item("p", "old", "v", 1));
    assertThat(table.get(item("p", "old"))).containsEntry("v", n(2));
  }

  @Test
  void failedConditionChangesNothingAndShowsTheItem() {
    table.put(item("p", "cond", "v", 1));
    assertThatExceptionOfType(ConditionalCheckFailedException.class)
        .isThrownBy(() ->
            ddb.putItem(r ->
                r.tableName(table.name())
                    .item(item("p", "cond", "v", 2))
                    .conditionExpression("attribute_not_exists(p)")
                    .returnValuesOnConditionCheckFailure(
                        ReturnValuesOnConditionCheckFailure.ALL_OLD)))
        .satisfies(e -> {
          assertThat(e.awsErrorDetails().errorMessage())
              .isEqualTo("The conditional request failed");
          assertThat(e.item()).isEqualTo(item("p", "cond", "v", 1));
        });
    assertThat(table.get(item("p", "cond"))).containsEntry("v", n(1));
  }

  @Test
  void updateSetsAddsRemovesAndDeletes() {
    table.put(
        item(
            "p",
            "update",
            "count",
            1,
            "gone",
            "x",
            "tags",
            AttributeValue.fromSs(List.of("a", "b")),
            "list",
            AttributeValue.fromL(List.of(n(1)))));
    UpdateItemResponse updated =
        ddb.updateItem(r ->
            r.tableName(table.name())
                .key(item("p", "update"))
                .updateExpression(
                    "SET #l = list_append(#l, :two), fresh = if_not_exists(fresh, :one)"
                        + " ADD #c :one REMOVE gone DELETE tags :b")
                .expressionAttributeNames(Map.of("#l", "list", "#c", "count"))
                .expressionAttributeValues(
                    Map.of(
                        ":one", n(1),
                        ":two", AttributeValue.fromL(List.of(n(2))),
                        ":b", AttributeValue.fromSs(List.of("b"))))
                .returnValues(ReturnValue.ALL_NEW));
    assertThat(updated.attributes())
        .isEqualTo(
            item(
                "p",
                "update",
                "count",
                2,
                "tags",
                AttributeValue.fromSs(List.of("a")),
                "list",
                AttributeValue.fromL(List.of(n(1), n(2))),
                "fresh",
                1));
  }

  @Test
  void updateAnswersWhatItChanged() {
    table.put(item("p", "changed", "a", 1, "b", 1));
    UpdateItemResponse old =
        ddb.updateItem(r ->
            r.tableName(table.name())
                .key(item("p", "changed"))
                .updateExpression("SET a = a + :n")
                .expressionAttributeValues(Map.of(":n", n("0.5")))
                .returnValues(ReturnValue.UPDATED_OLD));
    assertThat(old.attributes()).isEqualTo(item("a", 1));
    UpdateItemResponse fresh =
        ddb.updateItem(r ->
            r.tableName(table.name())
                .key(item("p", "changed"))
                .updateExpression("SET a = a - :n")
                .expressionAttributeValues(Map.of(":n", n("0.25")))
                .returnValues(ReturnValue.UPDATED_NEW));
    assertThat(fresh.attributes()).isEqualTo(item("a", n("1.25")));
  }

  @Test
  void updateOfMissingItemCreatesIt() {
    ddb.updateItem(r ->
        r.tableName(table.name())
            .key(item("p", "upsert"))
            .updateExpression("ADD hits :one")
            .expressionAttributeValues(Map.of(":one", n(1))));
    assertThat(table.get(item("p", "upsert"))).isEqualTo(item("p", "upsert", "hits", 1));
  }

  @Test
  void deleteAnswersTheOldItemAndItIsGone() {
    table.put(item("p", "delete", "v", 1));
    assertThat(
            ddb.deleteItem(r ->
                    r.tableName(table.name())
                        .key(item("p", "delete"))
                        .conditionExpression("v = :one")
                        .expressionAttributeValues(Map.of(":one", n(1)))
                        .returnValues(ReturnValue.ALL_OLD))
                .attributes())
        .isEqualTo(item("p", "delete", "v", 1));
    assertThat(table.get(item("p", "delete"))).isEmpty();
  }

  @Test
  void projectionReadsPaths() {
    table.put(
        item(
            "p",
            "paths",
            "m",
            AttributeValue.fromM(item("a", 1, "b", 2)),
            "l",
            AttributeValue.fromL(List.of(n(0), n(1), n(2)))));
    assertThat(
            ddb.getItem(r ->
                    r.tableName(table.name())
                        .key(item("p", "paths"))
                        .projectionExpression("m.b, l[1]"))
                .item())
        .isEqualTo(
            item(
                "m", AttributeValue.fromM(item("b", 2)), "l", AttributeValue.fromL(List.of(n(1)))));
  }

  @Test
  void capacityIsCountedByPublishedRules() {
    Map<String, AttributeValue> fiveKilobytes = item("p", "capacity", "v", "x".repeat(5_000));
    assertThat(
            ddb.putItem(r ->
                    r.tableName(table.name())
                        .item(fiveKilobytes)
                        .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL))
                .consumedCapacity()
                .capacityUnits())
        .isEqualTo(5.0);
    assertThat(unitsToRead(false)).isEqualTo(1.0);
    assertThat(unitsToRead(true)).isEqualTo(2.0);
  }

  private double unitsToRead(boolean consistent) {
    return ddb.getItem(r ->
            r.tableName(table.name())
                .key(item("p", "capacity"))
                .consistentRead(consistent)
                .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL))
        .consumedCapacity()
        .capacityUnits();
  }
}
