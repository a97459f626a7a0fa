package dev.evenkeel.conformance;

import static dev.evenkeel.conformance.Values.item;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.IdempotentParameterMismatchException;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

class TransactionsTest {
  private final DynamoDbClient ddb = Clients.SYNC;

  private static TransactWriteItem put(TestTable table, Map<String, AttributeValue> item) {
    return TransactWriteItem.builder().put(p -> p.tableName(table.name()).item(item)).build();
  }

  private static TransactWriteItem add(TestTable table, Map<String, AttributeValue> key, int n) {
    return TransactWriteItem.builder()
        .update(u ->
            u.tableName(table.name())
                .key(key)
                .updateExpression("ADD n :n")
                .expressionAttributeValues(Map.of(":n", AttributeValue.fromN(Integer.toString(n)))))
        .build();
  }

  @Test
  void itemsOfSeveralTablesChangeTogetherAndAreReadTogether() {
    try (TestTable one = TestTable.simple();
        TestTable two = TestTable.composite()) {
      one.put(item("p", "gone"));
      TransactWriteItemsResponse written =
          ddb.transactWriteItems(r ->
              r.returnConsumedCapacity(ReturnConsumedCapacity.TOTAL)
                  .transactItems(
                      put(one, item("p", "a", "v", 1)),
                      add(two, item("p", "a", "s", 1), 5),
                      TransactWriteItem.builder()
                          .delete(d -> d.tableName(one.name()).key(item("p", "gone")))
                          .build(),
                      TransactWriteItem.builder()
                          .conditionCheck(c ->
                              c.tableName(two.name())
                                  .key(item("p", "none", "s", 1))
                                  .conditionExpression("attribute_not_exists(p)"))
                          .build()));
      assertThat(written.consumedCapacity())
          .allMatch(consumed -> consumed.writeCapacityUnits() == 4.0);
      assertThat(
              ddb.transactGetItems(r ->
                      r.transactItems(
                          get(one, item("p", "a")),
                          get(two, item("p", "a", "s", 1)),
                          get(one, item("p", "gone"))))
                  .responses())
          .extracting(response -> response.item())
          .containsExactly(item("p", "a", "v", 1), item("p", "a", "s", 1, "n", 5), Map.of());
    }
  }

  private static TransactGetItem get(TestTable table, Map<String, AttributeValue> key) {
    return TransactGetItem.builder().get(g -> g.tableName(table.name()).key(key)).build();
  }

  @Test
  void aCanceledTransactionTellsItsReasonsAndChangesNothing() {
    try (TestTable one = TestTable.simple();
        TestTable two = TestTable.composite()) {
      one.put(item("p", "a", "v", 1));
      TransactWriteItem onlyNew =
          TransactWriteItem.builder()
              .put(p ->
                  p.tableName(one.name())
                      .item(item("p", "a", "v", 2))
                      .conditionExpression("attribute_not_exists(p)")
                      .returnValuesOnConditionCheckFailure(
                          ReturnValuesOnConditionCheckFailure.ALL_OLD))
              .build();
      assertThatExceptionOfType(TransactionCanceledException.class)
          .isThrownBy(() ->
              ddb.transactWriteItems(
                  r -> r.transactItems(put(two, item("p", "a", "s", 1)), onlyNew)))
          .satisfies(canceled -> {
            List<CancellationReason> reasons = canceled.cancellationReasons();
            assertThat(reasons)
                .extracting(CancellationReason::code)
                .containsExactly("None", "ConditionalCheckFailed");
            assertThat(reasons.get(1).item()).isEqualTo(item("p", "a", "v", 1));
            assertThat(canceled.awsErrorDetails().errorMessage())
                .isEqualTo(
                    "Transaction cancelled, please refer cancellation reasons for specific reasons"
                        + " [None, ConditionalCheckFailed]");
          });
      assertThat(two.get(item("p", "a", "s", 1))).isEmpty();
    }
  }

  @Test
  void aTokenHasOneEffect() {
    try (TestTable one = TestTable.simple();
        TestTable two = TestTable.composite()) {
      for (List<TransactWriteItem> actions :
          List.of(
              List.of(add(one, item("p", "a"), 1)),
              List.of(add(one, item("p", "b"), 1), add(two, item("p", "b", "s", 1), 1)))) {
        String token = UUID.randomUUID().toString();
        ddb.transactWriteItems(r -> r.clientRequestToken(token).transactItems(actions));
        ddb.transactWriteItems(r -> r.clientRequestToken(token).transactItems(actions));
        assertThatExceptionOfType(IdempotentParameterMismatchException.class)
            .isThrownBy(() ->
                ddb.transactWriteItems(
                    r -> r.clientRequestToken(token).transactItems(put(one, item("p", "other")))));
      }
      assertThat(one.get(item("p", "a"))).isEqualTo(item("p", "a", "n", 1));
      assertThat(one.get(item("p", "b"))).isEqualTo(item("p", "b", "n", 1));
      assertThat(two.get(item("p", "b", "s", 1))).isEqualTo(item("p", "b", "s", 1, "n", 1));
    }
  }
}
